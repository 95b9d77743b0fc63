import { locale } from "../../../texts/texts.ts";
import { localeTag } from "../locale/locale-tag.ts";

const tag = localeTag(globalThis.navigator?.languages ?? [], locale);

/** Numbers, prices and times in the shopper's own locale and zone. */
const whole = new Intl.NumberFormat(tag);
export const formatCount = (value: number): string => whole.format(value);

const tenths = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** "2.3" */
export const formatTenths = (value: number): string => tenths.format(value);

/** What stands before the decimals. */
export const decimalSign = tenths.formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";

export function formatPrice(priceMinor: number, currency: string): string {
  const format = new Intl.NumberFormat(tag, { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(priceMinor / 10 ** digits);
}

const moment = new Intl.DateTimeFormat(tag, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});
/** Day and time with the zone named: "Fri, 27 Nov, 10:00 CET". */
export const formatMoment = (ms: number): string => moment.format(ms);

const exact = new Intl.DateTimeFormat(tag, { timeStyle: "medium" });
/** To the second: "10:00:02". */
export const formatTime = (ms: number): string => exact.format(ms);
