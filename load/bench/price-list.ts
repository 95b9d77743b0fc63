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

export type AttemptCost = {
  /** Of the function, in the deployed stage. */
  readonly gigabytes: number;
  readonly ms: number;
  readonly dynamoWrites: number;
  readonly sqsRequests: number;
};

const LOG_KILOBYTES = 1;
const TRACED_SHARE = 0.05;
const MILLION = 1_000_000;

/** Dollars for a million attempts of one outcome, through CDN, firewall, API and function. @throws if a price is missing. */
export function usdPerMillion(
  prices: PriceList,
  { gigabytes, ms, dynamoWrites, sqsRequests }: AttemptCost,
): number {
  const price = (what: string, per: string): number => {
    const found = prices.get(what);
    if (found?.per !== per) throw new Error(`docs/costs.md has no price of "${what}" per ${per}`);
    return found.usd;
  };
  const each = [
    "CloudFront requests",
    "CloudFront function",
    "WAF requests",
    "HTTP API requests",
    "Lambda requests",
  ];
  return (
    each.reduce((sum, what) => sum + price(what, "million"), 0) +
    price("Lambda, arm64", "GB-second") * gigabytes * (ms / 1_000) * MILLION +
    price("CloudWatch logs", "GB") * LOG_KILOBYTES +
    price("X-Ray traces", "million") * TRACED_SHARE +
    price("DynamoDB writes", "million") * dynamoWrites +
    price("SQS requests", "million") * sqsRequests
  );
}
