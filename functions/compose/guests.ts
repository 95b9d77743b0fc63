import { guestsClient } from "../../core/clients/guests.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { type InvitationOutcome, requestInvitation } from "../../core/guests/request-invitation.ts";
import { parseProviders } from "../../core/identity/aliases.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { SaleId } from "../../core/ids.ts";
import { answerRateLimited, type Refusal, refuse, refuseGuest, refuseSale } from "../answer/answer.ts";
import { refuseNoList } from "../answer/say-refusal.ts";

const config = loadConfig([
  "SESSION_SECRET",
  "LINE_TABLE",
  "LEDGER_TABLE",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAILBOX_PROVIDERS",
]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);
const providers = parseProviders(config.MAILBOX_PROVIDERS);

const saleOf = async (saleId: SaleId) => (await ledgerClients(config)).saleRecords.get(saleId);

/** The invitation of a buyer to a sale. */
export async function invite(asked: Parameters<typeof requestInvitation>[1]): Promise<InvitationOutcome> {
  const [lists, addresses] = await Promise.all([guestsClient(config), addressesClient(config)]);
  const limitsSources = config.STAGE !== "local";
  const deps = { saleOf, lists, addresses, providers, signer, limitsSources };
  return requestInvitation(deps, asked, systemClock.nowMs());
}

/** Why nobody was invited. */
export function refuseInvitation(outcome: Exclude<InvitationOutcome, { kind: "invited" }>): Refusal {
  switch (outcome.kind) {
    case "not_eligible":
      return refuseGuest(outcome.reason);
    case "rate_limited":
      return answerRateLimited(outcome.retryAfterMs);
    case "unknown_sale":
      return refuseSale();
    case "unavailable":
      return refuse("unavailable", { retryAfterSeconds: 1 });
    case "no_list":
      return refuseNoList();
    default:
      return outcome satisfies never;
  }
}
