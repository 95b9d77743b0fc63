import { isApiKey } from "../../core/api-keys/api-key.ts";
import type { Scope } from "../../core/contract/api-keys.ts";
import type { Role } from "../../core/contract/roles.ts";
import { type RouteName, routes } from "../../core/contract/routes.ts";
import type { Answer } from "../answer/answer.ts";
import { type Authenticate, shopperAuthentication } from "../request/authenticate.ts";
import { type CheckedRequest, type LetIn, routeEndpoint } from "./route-endpoint.ts";

type Routes = typeof routes;
export type RequestOf<Name extends RouteName> = CheckedRequest<Routes[Name]>;

/** What staff's routes need is loaded with the first of them. */
function people(least: Role): Authenticate {
  if (least === "shopper") return shopperAuthentication();
  const loading = import("../request/authenticate-staff.ts").then((staff) =>
    staff.staffAuthentication(least),
  );
  return async (credential) => (await loading)(credential);
}

/** Lets in whoever the other does, and API keys of a scope. A key comes in a header alone. */
function orMachine(scope: Scope, authenticate: Authenticate): Authenticate {
  const loading = import("../request/authenticate-key.ts").then((keys) => keys.keyAuthentication(scope));
  return async (credential) =>
    credential?.from === "header" && isApiKey(credential.token)
      ? (await loading)(credential)
      : authenticate(credential);
}

const everybody: LetIn = (least, scope) => (scope ? orMachine(scope, people(least)) : people(least));

/** A Lambda handler for a route of the table, by its name. */
export const endpoint = <Name extends RouteName>(
  name: Name,
  handle: (request: RequestOf<Name>) => Promise<Answer>,
) => routeEndpoint<Routes[Name]>(routes[name], handle, everybody);
