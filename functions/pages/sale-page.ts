import * as v from "valibot";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { saleId } from "../../core/contract/ids.ts";
import { isListed } from "../../core/sale/listed-sales.ts";
import type { SaleId } from "../../core/ids.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { warn } from "../../core/log.ts";
import { saleStatus } from "../../core/watch/sale-view.ts";
import { createSitePages } from "../../core/site/site-pages.http.ts";
import { fillMissingSale, fillSalePage } from "./views/sale-page.ts";
import { refuse } from "../answer/answer.ts";
import { Refused } from "../request/request.ts";
import type { PlainWords } from "../../web/texts/plain.ts";
import { localePath } from "../../web/texts/locale.ts";
import { page, pageEndpoint, seeOther } from "../compose/page.ts";

const config = loadConfig(["SITE_URL", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
const sitePages = createSitePages(config.SITE_URL, systemClock, warn);

/** Its settings alone, so it may be a little old; whether units are left is for the status to say. */
const cached = { "cache-control": "public, max-age=5" };
/** It may be published the next moment. */
const missing = { "cache-control": "public, max-age=1" };

/** "unknown": the ledger did not answer. */
async function findSale(id: SaleId): Promise<Sale | "missing" | "unknown"> {
  try {
    return (await (await ledgerClients(config)).saleRecords.get(id)) ?? "missing";
  } catch (error) {
    warn("the ledger did not answer", { saleId: id, error });
    return "unknown";
  }
}

/** The gate is not asked, so the view says nothing of the stock. */
const fillWith = (shell: string, sale: Sale, words: PlainWords) =>
  fillSalePage(shell, saleStatus(sale, null, systemClock.nowMs()), words, config.SITE_URL, isListed(sale));

/** Whatever is missing, the page says no less than the static one, which finds out by itself. */
export const handler = pageEndpoint("salePage", async ({ event, words }) => {
  const { locale } = words;
  const named = v.safeParse(saleId, event.pathParameters?.["saleId"]);
  const path = localePath(locale, "/sale/");
  const [shell, sale] = await Promise.all([
    sitePages.get(path),
    named.success ? findSale(named.output) : ("missing" as const),
  ]);
  if (shell === null) {
    // Nothing that is no sale's id is led on: it may be of any length, and no address at all.
    if (!named.success) throw new Refused(refuse("not_found"));
    return seeOther(`${path}?id=${named.output}`);
  }
  if (sale === "unknown") return page(shell);
  const filled = sale === "missing" ? fillMissingSale(shell, words) : fillWith(shell, sale, words);
  if (filled === null) {
    warn("the site's page is of another build", { path });
    return page(shell);
  }
  return sale === "missing" ? page(filled, 404, missing) : page(filled, 200, cached);
});
