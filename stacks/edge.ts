import type { Alarms } from "./alarms.ts";
import { edgeFunction } from "./edge-function.ts";
import type { Secrets } from "./secrets.ts";
import { securityHeaders } from "./security-headers.ts";
import { stage } from "./stage.ts";

type Parts = {
  readonly api: sst.aws.ApiGatewayV2;
  readonly secrets: Secrets;
  readonly alarms: Alarms;
};

/** One domain for site and API: CloudFront with a firewall. `sst dev` serves the site from the developer's machine. */
export function createEdge({ api, secrets, alarms }: Parts): sst.aws.Router | undefined {
  if ($dev || !secrets.originKey) return undefined;
  const headers = securityHeaders();
  const router = new sst.aws.Router("Site", {
    ...(stage.domain && { domain: stage.domain }),
    edge: { viewerRequest: { injection: secrets.originKey.apply(edgeFunction) } },
    waf: { rateLimitPerIp: stage.requestsPerAddress, logging: { include: "blocked", retention: "1 week" } },
    transform: {
      cdn: (args) => {
        args.defaultCacheBehavior = $util
          .output(args.defaultCacheBehavior)
          .apply((behavior) => ({ ...behavior, responseHeadersPolicyId: headers.id }));
      },
      // A crowd comes within seconds: count by the shortest window that WAF has.
      waf: (args) => {
        args.rules = $util.output(args.rules).apply((rules) => (rules ?? []).map(countByMinute));
      },
    },
  });
  // Longer than the slowest function, shorter than CloudFront's own patience.
  router.route("/api", api.url, { readTimeout: "15 seconds", keepAliveTimeout: "60 seconds" });
  alarms.watch("EdgeFaults", {
    namespace: "AWS/CloudFront",
    metricName: "5xxErrorRate",
    dimensions: { DistributionId: router.distributionID, Region: "Global" },
    above: 5,
    minutes: 2,
  });
  return router;
}

type Rule = { readonly statement?: { readonly rateBasedStatement?: object } };

const countByMinute = <R extends Rule>(rule: R): R =>
  rule.statement?.rateBasedStatement
    ? {
        ...rule,
        statement: {
          ...rule.statement,
          rateBasedStatement: { ...rule.statement.rateBasedStatement, evaluationWindowSec: 60 },
        },
      }
    : rule;
