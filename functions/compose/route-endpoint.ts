import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { InferOutput } from "valibot";
import { loadConfig } from "../../core/config.ts";
import type { Scope } from "../../core/contract/api-keys.ts";
import type { Role } from "../../core/contract/identity.ts";
import type { RouteChecks } from "../../core/contract/route.ts";
import { log } from "../../core/log.ts";
import { isStoreSilent } from "../../core/store-errors.ts";
import { type Answer, refuse } from "../answer/answer.ts";
import { type Authenticate, shopperAuthentication } from "../request/authenticate.ts";
import { readSource } from "../request/origin.ts";
import { isForeignPage, isOwnForm } from "../request/own-form.ts";
import { respond } from "../answer/respond.ts";
import { type Credential, readCredential } from "../request/session-cookie.ts";
import type { Session } from "../../core/identity/session.ts";
import { readBody, readIdempotencyKey, readQuery, Refused } from "../request/request.ts";
import { readTraceId } from "../request/trace.ts";

type BodyOf<R> = R extends { readonly body: infer Schema extends NonNullable<RouteChecks["body"]> }
  ? InferOutput<Schema>
  : null;
type QueryOf<R> = R extends { readonly query: infer Schema extends NonNullable<RouteChecks["query"]> }
  ? InferOutput<Schema>
  : null;
type SessionOf<R> = R extends { readonly role: string } ? Session : null;

/** A request that has passed its route's checks. */
export type CheckedRequest<R extends RouteChecks> = {
  readonly event: APIGatewayProxyEventV2;
  readonly requestId: string;
  readonly body: BodyOf<R>;
  readonly query: QueryOf<R>;
  readonly session: SessionOf<R>;
  /** The caller's address. */
  readonly source: string;
  /** Empty where the route takes none. */
  readonly idempotencyKey: string;
};

const FOREIGN =
  "With the session cookie only this site's own pages may ask for this (Origin, Sec-Fetch-Site); send a bearer token instead";
/** Who lets in whom a route takes: by the least role that may call it, and by the scope of API keys that may. */
export type LetIn = (least: Role, scope: Scope | undefined) => Authenticate;

/** What only staff's routes need is no part of a shopper's function, not even to be loaded later: see endpoint.ts. */
const shoppersAlone: LetIn = (least) => {
  if (least !== "shopper") throw new Error(`nobody here lets in the role ${least}`);
  return shopperAuthentication();
};

const isUnsafe = ({ route }: RouteChecks) => !route.startsWith("GET ");

/**
 * A Lambda handler for one route: checks sender, session, role, key and body as the route says, calls `handle`, and
 * answers in API Gateway's form. Whatever is thrown becomes a problem without internals.
 *
 * @param letIn for routes that take more than shoppers.
 */
export function routeEndpoint<R extends RouteChecks>(
  of: R,
  handle: (request: CheckedRequest<R>) => Promise<Answer>,
  letIn: LetIn = shoppersAlone,
) {
  const route: RouteChecks = of;
  const { ORIGIN_SECRET, STAGE } = loadConfig(["ORIGIN_SECRET"]);
  const authenticate = route.role && letIn(route.role, route.scope);
  const site = isUnsafe(route) ? loadConfig(["SITE_URL"]) : null;

  /** A cookie goes along with whatever any page asks: what changes something must come from a page of our own. */
  function checkSender(event: APIGatewayProxyEventV2, credential: Credential | null): void {
    if (!site || credential?.from === "header") return;
    const isForeign = credential ? !isOwnForm(event, site) : isForeignPage(event, site);
    if (isForeign) throw new Refused(refuse("forbidden", { detail: FOREIGN }));
  }

  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { requestId } = event.requestContext;
    try {
      const source = readSource(event, ORIGIN_SECRET);
      const credential = readCredential(event, STAGE);
      checkSender(event, credential);
      const session = authenticate ? await authenticate(credential) : null;
      const idempotencyKey = readIdempotencyKey(event, route.idempotencyKey);
      const body = route.body ? readBody(event, route.body, route.bodyLimitBytes) : null;
      const query = route.query ? readQuery(event, route.query) : null;
      const checked = { event, requestId, source, body, query, session, idempotencyKey };
      const request = checked as CheckedRequest<R>;
      return respond(await handle(request), requestId);
    } catch (error) {
      if (error instanceof Refused) return respond(error.answer, requestId);
      log.error("a request failed", { route: route.route, requestId, traceId: readTraceId(event), error });
      const isSilent = isStoreSilent(error) && route.refusals.includes("unavailable");
      return respond(
        isSilent ? refuse("unavailable", { retryAfterSeconds: 1 }) : refuse("internal"),
        requestId,
      );
    }
  };
}
