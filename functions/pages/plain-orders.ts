import { ledgerClients } from "../../core/clients/ledger.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { buyerOrdersQuery } from "../../core/contract/order.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { buyerOrders } from "../../core/look-up/buyer-orders.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { page, pageEndpoint } from "../compose/page.ts";
import { readSession } from "../request/read-session.ts";
import { readQuery } from "../request/request.ts";
import { ordersPage } from "./views/plain/orders.ts";
import { emailPage } from "./views/plain/sign-in.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SESSION_SECRET"]);
/** Looks that one page may take to find an order; each is of 25 sales. */
const MOST_LOOKS = 3;

/** The next orders of a buyer; without any, where to look on. */
async function nextOrders(buyerId: BuyerId, after: SaleId | null) {
  const clients = await ledgerClients(config);
  const nowMs = systemClock.nowMs();
  let found = await buyerOrders(clients, buyerId, after, nowMs);
  for (let looks = 1; looks < MOST_LOOKS && found.orders.length === 0 && found.next !== null; looks++)
    found = await buyerOrders(clients, buyerId, found.next, nowMs);
  return found;
}

export const handler = pageEndpoint("plainOrders", async ({ event, words }) => {
  const session = await readSession(event);
  if (!session) return page(emailPage(words, { next: plainPath(words.locale, "/orders") }), 401);
  const { after = null } = readQuery(event, buyerOrdersQuery);
  const found = await nextOrders(session.buyerId, after);
  return page(ordersPage(words, { ...found, isFirst: after === null, signedInAs: session.signedInAs }));
});
