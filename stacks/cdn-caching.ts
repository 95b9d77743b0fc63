/** What is the same for everybody, by the address that a viewer asks for; the edge function strips what varies. */
const SHARED = [
  "/api/sale/status/*",
  "/api/sales",
  "/api/sales/past/*",
  "/api/picture/*",
  "/api/sale/*/line",
  "/api/sale/*/fairness*",
  "/api/openapi.json",
  "/page/*",
  "/sale/*",
  "/de/sale/*",
];
/** What the API must be told of a shared request: set by the edge function, and nothing of the viewer's. */
const SHARED_HEADERS = ["x-origin-secret", "x-viewer-address"];
/** Errors that CloudFront would keep for ten seconds whatever they say; one shopper's 503 would be everybody's. */
const NEVER_KEPT = [404, 414, 500, 501, 502, 503, 504];

/**
 * CloudFront sends requests that come together to the origin once only where no cookie is forwarded, and a cookie that the
 * edge function took away counts as forwarded. So shared paths have a behaviour of their own, without cookies.
 */
export function cacheAtTheEdge(args: sst.aws.CdnArgs, responseHeadersPolicyId: $util.Input<string>): void {
  const shared = new aws.cloudfront.OriginRequestPolicy("SharedRequests", {
    comment: "What is the same for everybody: no cookie, no query string",
    cookiesConfig: { cookieBehavior: "none" },
    queryStringsConfig: { queryStringBehavior: "none" },
    headersConfig: { headerBehavior: "whitelist", headers: { items: SHARED_HEADERS } },
  });
  const standard = $util
    .output(args.defaultCacheBehavior)
    .apply((behavior) => ({ ...behavior, responseHeadersPolicyId }));
  args.defaultCacheBehavior = standard;
  args.orderedCacheBehaviors = standard.apply((behavior) =>
    SHARED.map((pathPattern) => ({
      ...behavior,
      pathPattern,
      allowedMethods: ["GET", "HEAD"],
      originRequestPolicyId: shared.id,
    })),
  );
  args.customErrorResponses = NEVER_KEPT.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }));
}
