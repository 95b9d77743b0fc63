import { ledgerClients } from "../../core/clients/ledger.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { inLanguage } from "../../core/contract/translations.ts";
import { salePath } from "../../web/texts/locale.ts";
import { refuseSale } from "../answer/answer.ts";
import { pageEndpoint } from "../compose/page.ts";
import { readPathId } from "../request/path-id.ts";
import { Refused } from "../request/request.ts";
import { calendarOf } from "./views/calendar.ts";

const config = loadConfig(["SITE_URL", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);

const instant = (ms: number): string => new Date(ms).toISOString();

/** The opening as a file for calendars; its name is the sale's id, which no browser takes for a path. */
export const handler = pageEndpoint("plainCalendar", async ({ event, words }) => {
  const saleId = readPathId(event, "saleId");
  const known = await (await ledgerClients(config)).saleRecords.get(saleId);
  if (!known) throw new Refused(refuseSale());
  const sale = inLanguage(known, words.locale);
  const body = calendarOf({
    id: saleId,
    name: sale.name,
    description: sale.description,
    url: config.SITE_URL + salePath(words.locale, saleId),
    startsAt: instant(sale.startsAtMs),
    endsAt: sale.endsAtMs === null ? null : instant(sale.endsAtMs),
    writtenAt: instant(systemClock.nowMs()),
  });
  const headers = {
    "content-type": "text/calendar; charset=utf-8",
    "content-disposition": `attachment; filename="${saleId}.ics"`,
  };
  return { status: 200, body, headers };
});
