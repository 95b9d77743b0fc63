import type { Forecast, Launch, Run } from "./forecast.ts";
import { type QuotaName, quotas } from "./quotas.ts";

/** A quota, what the launch needs of it, and how many times the quota that is. */
export type Need = {
  readonly quota: QuotaName;
  readonly needed: number;
  readonly times: number;
  /** What to do about one that is too small. */
  readonly remedy: string;
};

/** Mail goes out on so many days before: nobody signs in within the last minute. */
const MAIL_DAYS = 3;
/** Of a day's mails, so much of a day they are spread over. */
const MAIL_SECONDS = MAIL_DAYS * 12 * 3_600;

const remedies: Partial<Record<QuotaName, string>> = {
  cdn: "raise it",
  api: "raise it",
  apiBurst: "it follows the rate",
  concurrency: "raise it",
  warmWrites: "set it before the sale: ATTEMPTS_PER_SECOND does",
  gateMegabits: "fewer environments, or a larger node",
  mails: "raise it days before, or let shoppers sign in days before",
  mailsPerSecond: "raise it days before",
};

/** Each quota that a launch comes near to, the tightest first. */
export function needsOf(
  { crowd }: Launch,
  { plan, perSecond, gateMegabits, outcome }: Run,
  asks: Forecast["asks"],
): Need[] {
  const needed: Partial<Record<QuotaName, number>> = {
    cdn: asks.mostPerSecond + perSecond.api,
    api: plan.apiPerSecond,
    apiBurst: plan.apiBurst,
    concurrency: plan.concurrency,
    warmWrites: plan.ledgerWrites,
    tableWrites: plan.ledgerWrites,
    partition: perSecond.ledger / 16,
    gateConnections: outcome.environments.count,
    gateMegabits,
    mails: crowd / MAIL_DAYS,
    mailsPerSecond: crowd / MAIL_SECONDS,
  };
  return (Object.entries(needed) as [QuotaName, number][])
    .map(([quota, value]) => ({
      quota,
      needed: Math.ceil(value),
      times: value / quotas[quota].value,
      remedy: remedies[quota] ?? "",
    }))
    .toSorted((a, b) => b.times - a.times);
}
