import { ledgerClients } from "../../core/clients/ledger.ts";
import { remindersClient } from "../../core/clients/reminders.ts";
import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { SaleId } from "../../core/ids.ts";
import { refuseSale } from "../answer/answer.ts";
import { Refused } from "../request/request.ts";

const config = loadConfig(["LINE_TABLE", "LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

export const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);
export const reminders = () => remindersClient(config);

/** @throws Refused when there is no such sale. */
export async function saleToRemindOf(saleId: SaleId) {
  const sale = await (await ledgerClients(config)).saleRecords.get(saleId);
  if (!sale) throw new Refused(refuseSale());
  return sale;
}
