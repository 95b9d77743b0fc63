import { databaseClient } from "../../core/clients/database.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { EndpointId } from "../../core/ids.ts";
import type { Session } from "../../core/identity/session.ts";
import type { EndpointAct } from "../../core/webhooks/administer-endpoints.ts";
import { wrongUrl } from "../../core/webhooks/endpoint-url.ts";
import { findEndpoint } from "../../core/webhooks/endpoints.postgres.ts";
import { type Answer, refuse } from "../answer/answer.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);

type Asked = { readonly session: Session; readonly requestId: string };

/** What somebody's act on an endpoint works with. */
export async function endpointAct({ session, requestId }: Asked): Promise<EndpointAct> {
  const actor = { buyerId: session.buyerId, role: session.role, requestId };
  return { db: await databaseClient(config), actor, nowMs: systemClock.nowMs() };
}

/** Null: the address may be called; else what is wrong with it. */
export function refuseUrl(url: string | undefined): Answer | null {
  const wrong = url === undefined ? null : wrongUrl(url, config.STAGE === "local");
  return wrong === null ? null : refuse("invalid_request", { errors: [{ field: "url", message: wrong }] });
}

export const noEndpoint = () => refuse("not_found", { detail: "There is no such endpoint" });

/** An endpoint after an act on it. */
export async function answerEndpoint({ db }: Pick<EndpointAct, "db">, id: EndpointId): Promise<Answer> {
  const endpoint = await findEndpoint(db, id);
  return endpoint ? { status: 200, body: endpoint } : noEndpoint();
}

/** The same with the secret that it was just given: the one time that it is told. */
export async function answerSecret(
  { db }: Pick<EndpointAct, "db">,
  id: EndpointId,
  secret: string,
): Promise<Answer> {
  const endpoint = await findEndpoint(db, id);
  return endpoint ? { status: 201, body: { endpoint, secret } } : noEndpoint();
}
