import { ledgerClients } from "../../core/clients/ledger.ts";
import { loadConfig } from "../../core/config.ts";
import { issueReceipt } from "../../core/evidence/issue-receipt.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { issuer, statementFile } from "../compose/evidence.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const handler = endpoint("orderReceipt", async ({ event, session }) => {
  const orderId = readPathId(event, "orderId");
  const stores = await ledgerClients(config);
  const outcome = await issueReceipt(stores, await issuer(), orderId, session.buyerId);
  switch (outcome.kind) {
    case "issued":
      return statementFile(`receipt-${orderId}`, outcome.receipt);
    case "no_order":
      return refuse("not_found", { detail: "You have no such order" });
    case "checking":
      return refuse("unavailable", {
        detail: "Whether this order stands is being checked",
        retryAfterSeconds: 2,
      });
    default:
      return outcome satisfies never;
  }
});
