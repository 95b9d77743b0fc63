import { CDN_PATIENCE_SECONDS } from "../core/topology.ts";
import type { Alarms } from "./alarms.ts";
import { cacheAtTheEdge } from "./cdn-caching.ts";
import { edgeFunction } from "./edge-function.ts";
import { firewallMetric, limitAddresses } from "./firewall.ts";
import type { Grant } from "./grants.ts";
import type { Secrets } from "./secrets.ts";
import { securityHeaders } from "./security-headers.ts";
import { sitePages } from "./site-pages.ts";
import { stage } from "./stage.ts";

type Parts = { readonly secrets: Secrets; readonly alarms: Alarms };

/** Where `sst dev` serves the site from, on the developer's machine. */
export const DEV_SITE = "http://localhost:3000";

/** One domain for site, API and rendered pages: CloudFront with a firewall. `sst dev` has none. */
export function createEdge({ secrets, alarms }: Parts) {
  const router = $dev || !secrets.originKey ? undefined : createRouter(secrets.originKey);
  if (router) watchEdge(router, alarms);
  const url = router?.url ?? DEV_SITE;
  /** Where shoppers find the site: pages name it, and take what the site's build made from it. */
  const grants = { site: { environment: { SITE_URL: url } } } satisfies Record<string, Grant>;
  return { router, url, grants };
}

/** What the CDN asks the API for; the rest of the domain is the site's files. */
export function routeToApi(router: sst.aws.Router | undefined, api: sst.aws.ApiGatewayV2): void {
  // Longer than the slowest function: what the CDN gives up it may ask for once more.
  const patience = {
    readTimeout: `${CDN_PATIENCE_SECONDS} seconds`,
    keepAliveTimeout: "60 seconds",
  } as const;
  for (const prefix of ["/api", "/page", "/plain"]) router?.route(prefix, api.url, patience);
}

function createRouter(originKey: $util.Output<string>): sst.aws.Router {
  const headers = securityHeaders();
  return new sst.aws.Router("Site", {
    ...(stage.domain && { domain: stage.domain }),
    edge: { viewerRequest: { injection: originKey.apply((key) => edgeFunction(key, sitePages())) } },
    // Nobody attacks a preview, and a firewall is a third of what it may cost.
    ...(stage.isProduction && { waf: { logging: { include: "blocked", retention: "1 week" } } }),
    transform: {
      cdn: (args) => {
        cacheAtTheEdge(args, headers.id);
      },
      waf: (args) => {
        limitAddresses(args);
      },
    },
  });
}

function watchEdge(router: sst.aws.Router, alarms: Alarms): void {
  alarms.watch("EdgeFaults", {
    namespace: "AWS/CloudFront",
    metricName: "5xxErrorRate",
    dimensions: { DistributionId: router.distributionID, Region: "Global" },
    above: 5,
    minutes: 2,
  });
  if (!stage.isProduction) return;
  const firewall = (metricName: string) => ({
    namespace: "AWS/WAFV2",
    metricName,
    dimensions: { WebACL: firewallMetric, Rule: "ALL" },
  });
  alarms.watchShare("FirewallBlocks", {
    part: firewall("BlockedRequests"),
    rest: firewall("AllowedRequests"),
    abovePercent: 20,
    atLeast: 1_000,
  });
}
