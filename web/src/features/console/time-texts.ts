import { consoleTexts as texts } from "../../../texts/console.ts";
import { formatCount, formatMoment } from "../page/format.ts";

const utc = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: "UTC" });
/** "2026-11-27 09:00:00 UTC" */
export const utcText = (ms: number): string => `${utc.format(ms)} UTC`;

/** In the operator's zone and in UTC. */
export const bothTimes = (iso: string): string =>
  `${formatMoment(Date.parse(iso))} · ${utcText(Date.parse(iso))}`;

/** How long before `nowMs`, in seconds up to two minutes, then in minutes, then in hours. */
export function agoText(thenMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - thenMs) / 1000));
  if (seconds < 120) return texts.secondsAgo(formatCount(seconds));
  if (seconds < 7200) return texts.minutesAgo(formatCount(Math.round(seconds / 60)));
  return texts.hoursAgo(formatCount(Math.round(seconds / 3600)));
}
