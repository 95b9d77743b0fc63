import { gigabyteSecondsOf, type PaidParts } from "../../tests/costs/order-parts.ts";

/** Dollars by what is priced, as docs/costs.md has them, which is made of what the stacks deploy. */
export type PriceList = ReadonlyMap<string, { readonly usd: number; readonly per: string }>;

const ROW = /^\| ([^|]+?) +\| ([\d.]+) +\| ([^|]+?) +\|/gm;

/** The prices of the document's last table. */
export function readPrices(costs: string): PriceList {
  const table = costs.slice(costs.indexOf("## Prices"));
  return new Map(
    [...table.matchAll(ROW)].map(([, what = "", usd, per = ""]) => [what, { usd: Number(usd), per }]),
  );
}

/** Of an attempt: requests through CDN, firewall and API, and what is paid for behind them. */
export type AttemptCost = PaidParts & { readonly requests: number };

/** Of each run of a function. */
const LOG_KILOBYTES = 1;
/** Of the requests. */
const TRACED_SHARE = 0.05;
const MILLION = 1_000_000;
const THOUSANDS = MILLION / 1_000;

/** Dollars for a million attempts of one outcome. @throws if a price is missing. */
export function usdPerMillion(prices: PriceList, attempt: AttemptCost): number {
  const { requests, runs, dynamoWrites, sqsRequests, mails } = attempt;
  const price = (what: string, per: string): number => {
    const found = prices.get(what);
    if (found?.per !== per) throw new Error(`docs/costs.md has no price of "${what}" per ${per}`);
    return found.usd;
  };
  const way = ["CloudFront requests", "CloudFront function", "WAF requests", "HTTP API requests"];
  return (
    way.reduce((sum, what) => sum + price(what, "million"), 0) * requests +
    price("Lambda requests", "million") * runs.length +
    price("Lambda, arm64", "GB-second") * gigabyteSecondsOf(runs) * MILLION +
    price("CloudWatch logs", "GB") * LOG_KILOBYTES * runs.length +
    price("X-Ray traces", "million") * TRACED_SHARE * requests +
    price("DynamoDB writes", "million") * dynamoWrites +
    price("SQS requests", "million") * sqsRequests +
    price("SES mails", "thousand") * mails * THOUSANDS
  );
}
