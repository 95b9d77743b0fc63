import { changeGuests, summarizeGuests } from "../../core/administration/change-guests.ts";
import { guestsClient } from "../../core/clients/guests.ts";
import { lineClients } from "../../core/clients/line.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { parseProviders } from "../../core/identity/aliases.ts";
import { warn } from "../../core/log.ts";
import { refuse } from "../answer/answer.ts";
import { administration } from "../compose/administration.ts";
import { endpoint } from "../compose/endpoint.ts";
import { refuseChange } from "../compose/refuse-change.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["LINE_TABLE", "DYNAMODB_ENDPOINT", "MAILBOX_PROVIDERS"]);
const providers = parseProviders(config.MAILBOX_PROVIDERS);

export const handler = endpoint("changeGuests", async ({ event, body, session, requestId }) => {
  const saleId = readPathId(event, "saleId");
  const actor = { buyerId: session.buyerId, role: session.role, requestId };
  const [deps, line, lists] = await Promise.all([
    administration(),
    lineClients(config),
    guestsClient(config),
  ]);
  const all = { ...deps, ...line, lists, providers, warn };
  const outcome = await changeGuests(all, saleId, body, actor, systemClock.nowMs());
  if (outcome.kind === "wrong")
    return refuse("invalid_request", {
      errors: outcome.errors.map(({ line: number, message }) => ({ field: `csv:${number}`, message })),
    });
  const refusal = refuseChange(outcome);
  if (refusal) return refusal;
  return outcome.kind === "changed"
    ? { status: 200, body: await summarizeGuests(lists, outcome.sale) }
    : refuse("internal");
});
