import { addressesClient } from "../../core/clients/identity.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { decideGo } from "../../core/preflight/decide-go.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { observation } from "../compose/observation.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);
const NOTE_MISSING = "must say why, since the preflight speaks against it";

export const handler = endpoint("decideGo", async ({ event, body, session, requestId }) => {
  const [stores, addresses] = await Promise.all([observation(), addressesClient(config)]);
  const deps = { ...stores, addresses, clock: systemClock };
  const actor = { buyerId: session.buyerId, role: session.role, requestId };
  const outcome = await decideGo(deps, readPathId(event, "saleId"), body, actor);
  switch (outcome.kind) {
    case "decided":
      return { status: 201, body: outcome.report };
    case "needs_note":
      return refuse("invalid_request", { errors: [{ field: "note", message: NOTE_MISSING }] });
    case "conflict":
      return refuse("conflict", { detail: outcome.why });
    case "not_found":
      return refuse("not_found", { detail: "There is no such sale" });
    default:
      return outcome satisfies never;
  }
});
