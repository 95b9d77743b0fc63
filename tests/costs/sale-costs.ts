import { httpFunction } from "../../core/topology.ts";
import { environmentsFor } from "../../core/preflight/warm-up.ts";
import { memoryMegabytes } from "../../stacks/memory.ts";
import type { CostLine } from "./idle-costs.ts";
import { orderCosts } from "./order-parts.ts";

/** What one shopper does: signs in by mail, loads the page, watches it, and tries once. */
export const assumed = {
  files: 10,
  kilobytes: 60,
  statusRequests: 20,
  /** Of a purchase: a refusal takes less, an acceptance more. */
  purchaseMs: 10,
  logKilobytes: 1,
  /** X-Ray's own rule, beside one a second. */
  tracedShare: 0.05,
  orders: 1_000,
  warmMinutes: 30,
  attemptsPerSecond: 5_000,
} as const;

/** Six when the code is asked for (three counts, place, mailbox, challenge), seven when it is used. */
const WRITES_OF_A_SIGN_IN = 13;

const MILLION = 1_000_000;
const GIGABYTE_KB = 1_000_000;

/** What one sale costs beside the idle stage, for so many shoppers who each try once. */
export function saleCosts(attempts: number): CostLine[] {
  const millions = attempts / MILLION;
  const requests = millions * (assumed.files + assumed.statusRequests + 3);
  const gigabytes = memoryMegabytes(httpFunction("purchase").handler) / 1024;
  const warm = environmentsFor(assumed.attemptsPerSecond) * gigabytes * assumed.warmMinutes * 60;
  return [
    { what: "requests at the CDN", price: "CloudFront requests", quantity: requests },
    {
      what: "their bytes",
      price: "CloudFront transfer",
      quantity: (attempts * (assumed.kilobytes + assumed.statusRequests)) / GIGABYTE_KB,
    },
    { what: "its function", price: "CloudFront function", quantity: requests },
    { what: "firewall", price: "WAF requests", quantity: requests },
    { what: "sign-in mails", price: "SES mails", quantity: attempts / 1_000 },
    {
      what: `sign-ins: ${WRITES_OF_A_SIGN_IN} writes each`,
      price: "DynamoDB writes",
      quantity: WRITES_OF_A_SIGN_IN * millions,
    },
    { what: "sign-ins and attempts at the API", price: "HTTP API requests", quantity: 3 * millions },
    { what: "their functions", price: "Lambda requests", quantity: 3 * millions },
    {
      what: `${assumed.purchaseMs} ms of each`,
      price: "Lambda, arm64",
      quantity: (3 * attempts * assumed.purchaseMs * gigabytes) / 1_000,
    },
    { what: "logs", price: "CloudWatch logs", quantity: (attempts * assumed.logKilobytes) / GIGABYTE_KB },
    { what: "traces", price: "X-Ray traces", quantity: millions * assumed.tracedShare },
    ...orderCosts(assumed.orders),
    { what: "warm environments", price: "provisioned concurrency, arm64", quantity: warm },
  ];
}
