import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { formKey } from "../../core/contract/forms.ts";
import { isAboutLine } from "../../core/contract/returns.ts";
import type { OrderView } from "../../core/contract/order.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { ordersOfSale } from "../../core/look-up/shown-order.ts";
import { warn } from "../../core/log.ts";
import { reminderOf } from "../../core/notices/ask.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { createFresh } from "../../core/watch/fresh.ts";
import { readShown } from "../../core/watch/read-shown.ts";
import { saleStatus } from "../../core/watch/sale-view.ts";
import type { PlainGuest } from "./views/plain/guests.ts";
import { plainSalePage } from "./views/plain/sale.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { refuseSale } from "../answer/answer.ts";
import { invite } from "../compose/guests.ts";
import { listing } from "../compose/listing.ts";
import { page, pageEndpoint } from "../compose/page.ts";
import { plainLine } from "../compose/plain-line.ts";
import { reminders } from "../compose/reminders.ts";
import { tierOpensAtMs } from "../compose/tier-opening.ts";
import { readSession } from "../request/read-session.ts";
import { readPathId } from "../request/path-id.ts";
import { Refused } from "../request/request.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "SITE_URL"]);
/** What everybody sees of a sale. What is a buyer's own is read for each page. */
const saleOf = createFresh(async (saleId: SaleId) => readShown(await listing(), saleId), systemClock);

/** Null: the ledger did not say. */
async function ordersOf(id: SaleId, buyerId: BuyerId): Promise<readonly OrderView[] | null> {
  try {
    return await ordersOfSale(await ledgerClients(config), id, buyerId);
  } catch (error) {
    warn("the ledger did not answer", { saleId: id, error });
    return null;
  }
}

/** Null: the table did not say. The page is about more than this. */
async function reminderFor(sale: Sale, buyerId: BuyerId) {
  try {
    const tierAtMs = await tierOpensAtMs(sale, buyerId);
    return await reminderOf(await reminders(), { sale, buyerId, tierAtMs, nowMs: systemClock.nowMs() });
  } catch (error) {
    warn("the reminders did not answer", { saleId: sale.saleId, error });
    return null;
  }
}

/** Where a buyer stands with the sale's list; null: everybody may come. */
async function guestOf(saleId: SaleId, buyerId: BuyerId, source: string): Promise<PlainGuest | null> {
  try {
    const outcome = await invite({ saleId, buyerId, code: null, source });
    if (outcome.kind === "invited" || outcome.kind === "not_eligible") return outcome;
    return outcome.kind === "rate_limited" || outcome.kind === "unavailable" ? { kind: "unknown" } : null;
  } catch (error) {
    warn("the list of guests did not answer", { saleId, error });
    return { kind: "unknown" };
  }
}

export const handler = pageEndpoint("plainSale", async ({ event, source, words }) => {
  const saleId = readPathId(event, "saleId");
  const session = await readSession(event);
  const [shown, orders] = await Promise.all([saleOf(saleId), session && ordersOf(saleId, session.buyerId)]);
  if (!shown) throw new Refused(refuseSale());
  const { sale } = shown;
  const status = saleStatus(sale, shown.gate, systemClock.nowMs());
  const line = isAboutLine(status) ? await plainLine(shown, session?.buyerId ?? null) : null;
  const guest =
    session && sale.guests.kind !== "everybody" ? await guestOf(saleId, session.buyerId, source) : null;
  // The key of a request that was under way when its session ended: it goes on as the same request.
  const key = v.safeParse(formKey, event.queryStringParameters?.["key"]);
  const path = plainPath(words.locale, `/sale/${saleId}`);
  const body = plainSalePage(words, {
    sale: status,
    buyer: session && { orders, signedInAs: session.signedInAs },
    line,
    reminder: status.phase === "scheduled" && session ? await reminderFor(sale, session.buyerId) : null,
    guest,
    siteUrl: config.SITE_URL,
    key: key.success ? key.output : randomUUID(),
    address: key.success ? `${path}?key=${key.output}` : path,
  });
  return page(body);
});
