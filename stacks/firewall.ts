import { FIREWALL_PURCHASES } from "../core/firewall-limits.ts";
import { stage } from "./stage.ts";

/**
 * How often one address may sign in within a minute; a hundred colleagues sit behind one address. Each signs in by two posts, and
 * some of them twice. Purchases are in core/firewall-limits.ts, since a rehearsal's crowd keeps to that.
 */
const SIGN_INS_A_MINUTE = 400;
/** Each costs calls of the payment provider, which lets so many through in a second for all. */
const PAYMENTS_A_MINUTE = 300;
const WINDOW_SECONDS = FIREWALL_PURCHASES.windowSeconds;
const RETRY_AFTER_SECONDS = "30";

/** As a person reads it: the page knows what 429 means without it. */
const TOO_MANY = "too-many";
const tooMany = { key: TOO_MANY, contentType: "TEXT_PLAIN", content: "Too many attempts; wait a moment." };

const posted = {
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: "EXACTLY",
    searchString: "POST",
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
};

const sentTo = (regexString: string) => ({
  regexMatchStatement: {
    fieldToMatch: { uriPath: {} },
    regexString,
    textTransformations: [
      { priority: 0, type: "URL_DECODE" },
      { priority: 1, type: "NORMALIZE_PATH" },
    ],
  },
});

/** Counts what one address sends to a few paths, and answers what is too much as the API does: 429, with a time. */
const limit = (name: string, priority: number, path: string, most: number) => ({
  name,
  priority,
  action: {
    block: {
      customResponse: {
        responseCode: 429,
        customResponseBodyKey: TOO_MANY,
        responseHeaders: [{ name: "retry-after", value: RETRY_AFTER_SECONDS }],
      },
    },
  },
  statement: {
    rateBasedStatement: {
      limit: most,
      aggregateKeyType: "IP",
      evaluationWindowSec: WINDOW_SECONDS,
      scopeDownStatement: { andStatement: { statements: [posted, sentTo(path)] } },
    },
  },
  visibilityConfig: {
    cloudwatchMetricsEnabled: true,
    metricName: `${stage.prefix}-${name}`,
    sampledRequestsEnabled: true,
  },
});

export const firewallMetric = `${stage.prefix}-firewall`;

/**
 * Replaces SST's count of everything: an open page asks for the status each second, so that nine people behind one
 * address would lock out their office. Purchases, sign-ins and payments are counted, and nothing that only looks.
 */
export function limitAddresses(args: aws.wafv2.WebAclArgs): void {
  args.customResponseBodies = [tooMany];
  args.visibilityConfig = {
    cloudwatchMetricsEnabled: true,
    metricName: firewallMetric,
    sampledRequestsEnabled: true,
  };
  args.rules = $util
    .output(args.rules)
    .apply((rules) => [
      limit("Purchases", 0, "^/(api/sale|plain/[a-z]+)/purchase$", FIREWALL_PURCHASES.most),
      limit("SignIns", 1, "^/(api/identity(/passkey)?|plain/[a-z]+)/(code|session)$", SIGN_INS_A_MINUTE),
      limit(
        "Payments",
        2,
        "^/(api/sale/order/[^/]+/payment|plain/[a-z]+/(payment|cancel))$",
        PAYMENTS_A_MINUTE,
      ),
      ...(rules ?? [])
        .filter(({ statement }) => !statement?.rateBasedStatement)
        .map((rule, index) => ({ ...rule, priority: index + 3 })),
    ]);
}
