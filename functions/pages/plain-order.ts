import { ledgerClients } from "../../core/clients.ts";
import { loadConfig } from "../../core/config.ts";
import type { SaleId } from "../../core/ids.ts";
import { orderView } from "../../core/ledger/ledger.ts";
import { warn } from "../../core/log.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { orderPage } from "../../web/src/server/plain/order.ts";
import { emailPage } from "../../web/src/server/plain/sign-in.ts";
import { plainPath } from "../../web/src/texts/locale.ts";
import { refuse } from "../answer.ts";
import { page, pageEndpoint } from "../page.ts";
import { readSession } from "../read-session.ts";
import { readPathId, Refused } from "../request.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);

/** What was bought, to be named beside the order; the order stands without it. */
async function soldIn(saleId: SaleId): Promise<Sale | null> {
  try {
    return await (await ledgerClients(config)).saleRecords.get(saleId);
  } catch (error) {
    warn("the ledger did not answer", { saleId, error });
    return null;
  }
}

export const handler = pageEndpoint("plainOrder", async ({ event, words }) => {
  const orderId = readPathId(event, "orderId");
  const session = await readSession(event);
  if (!session) return page(emailPage(words, { next: plainPath(words.locale, `/order/${orderId}`) }), 401);
  const { ledger } = await ledgerClients(config);
  const entry = await ledger.get(orderId, session.buyerId);
  if (!entry) throw new Refused(refuse("not_found"));
  const order = orderView(entry);
  const isOld = event.queryStringParameters?.["told"] === "already_bought";
  return page(orderPage(words, { order, sale: await soldIn(order.saleId), isOld }));
});
