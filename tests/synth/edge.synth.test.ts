import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { httpFunction, type HttpName, httpNames } from "../../core/topology.ts";
import { originPath } from "../../local/cdn/origin-path.ts";
import { isSharedPath } from "../../local/cdn/shared-paths.ts";
import { runEdgeFunction, siteFolders } from "./edge-function.ts";
import { root } from "./sst.ts";
import { view } from "./view.ts";

const SALE = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD";
const noisy = {
  querystring: { x: { value: "1" } },
  cookies: { "__Host-session": { value: "token" } },
  headers: { "x-open-next-cache-key": { value: "x" } },
};
const paths = httpNames.map((name) =>
  httpFunction(name)
    .route.split(" ")[1]!
    .replace("{locale}", "de")
    .replace(/\{\w+\}/, SALE),
);
/** What shoppers see of the pages of sales. */
const addresses = [`/sale/${SALE}`, `/de/sale/${SALE}`, "/sale/nothing"];

type Behavior = { readonly pathPattern?: string } & Readonly<Record<string, unknown>>;
type Distribution = {
  readonly defaultCacheBehavior: Behavior;
  readonly orderedCacheBehaviors: readonly Behavior[];
  readonly customErrorResponses: readonly Readonly<Record<string, unknown>>[];
};

describe.each(["production", "preview"] as const)("%s: edge", (stage) => {
  const { resourceOf, all, resources } = view(stage);
  const code = resourceOf("cloudfront/function").inputs["code"] as string;
  const distribution = resourceOf("cloudfront/distribution").inputs as Distribution;
  const behaviors = [distribution.defaultCacheBehavior, ...distribution.orderedCacheBehaviors];

  test("the API has its prefixes, and the site the rest", () => {
    const routed = resources.filter(({ type }) => type === "sst:aws:RouterUrlRoute").map(({ name }) => name);
    expect(routed.toSorted()).toEqual(["SiteRoute/api", "SiteRoute/page", "SiteRoute/plain"]);
  });

  test("a path that is no file is answered with the site's own page", async () => {
    const { inputs } = resources.find(({ name }) => name === "StorefrontKvKeys.sst.aws.KvKeys")!;
    const { metadata } = inputs["entries"] as { metadata: string };
    expect(JSON.parse(metadata)).toMatchObject({ custom404: "/404.html" });
    expect(JSON.parse(metadata)).not.toHaveProperty("errorResponseCode");
    const { sent, origin } = await runEdgeFunction(code, { uri: "/no/such/page" });
    expect(origin?.domainName).toBe("bucket.s3.amazonaws.com");
    expect(sent.uri).toBe("/404.html");
  });

  test("the folders of the built site are those that the CDN's stand-in knows", () => {
    const { inputs } = resources.find(({ name }) => name === "StorefrontKvKeys.sst.aws.KvKeys")!;
    const { s3 } = JSON.parse((inputs["entries"] as { metadata: string }).metadata) as {
      s3: { routes: string[] };
    };
    expect(s3.routes.toSorted()).toEqual(siteFolders);
  });

  const pages = globSync("**/index.html", { cwd: join(root, "web", "dist") }).map((file) => `/${file}`);
  test.each(pages.flatMap((file) => [file, file.replace(/index\.html$/, "")]))(
    "%s is a page of the site",
    async (uri) => {
      const { sent, origin } = await runEdgeFunction(code, { uri });
      expect(origin?.domainName).toBe("bucket.s3.amazonaws.com");
      expect(sent.uri).toBe(uri.replace(/\/$/, "/index.html"));
    },
  );

  test.each([
    "/sale/a/b",
    "/salesman",
    "/de/nothing",
    "/de/sale/a/b",
    "/admin/nothing",
    "/admin/index.htm",
    "/order/ord_1",
    "/orders/x/",
    "/order.html",
    "/de/order/ord_1",
    "/administrator",
  ])("%s is below a folder of the site and no page: the site says so, not S3", async (uri) => {
    const { sent, origin } = await runEdgeFunction(code, { uri });
    expect(origin?.domainName).toBe("bucket.s3.amazonaws.com");
    expect(sent.uri).toBe("/404.html");
  });

  test("the function is small enough for CloudFront", () => {
    expect(Buffer.byteLength(code)).toBeLessThan(10 * 1024);
  });

  test.each(paths)("%s goes to the API with the origin secret and the viewer's address", async (uri) => {
    const { sent, origin } = await runEdgeFunction(code, { uri });
    expect(origin?.domainName).toBe("abc123.execute-api.us-east-1.amazonaws.com");
    expect(sent.uri).toBe(uri);
    expect(sent.headers["x-origin-secret"]?.value).toMatch(/^\w{40,}$/);
    expect(sent.headers["x-viewer-address"]?.value).toBe("192.0.2.7");
  });

  test.each([...paths, ...addresses, `/api/sale/status/${SALE}/more`, "/api/salesx", "/api/sale/status/"])(
    "%s is shared just where the local CDN shares it, and then nothing can go past the cache",
    async (uri) => {
      const { sent } = await runEdgeFunction(code, { uri, ...noisy });
      const isStripped = Object.keys(sent.querystring).length === 0 && Object.keys(sent.cookies).length === 0;
      expect(isStripped).toBe(isSharedPath(originPath(uri)));
      expect(sent.headers["x-open-next-cache-key"]).toBeUndefined();
    },
  );

  test.each(addresses)("%s is rendered: it goes to the API, as the local CDN does it", async (uri) => {
    const { sent, origin } = await runEdgeFunction(code, { uri, ...noisy });
    expect(origin?.domainName).toBe("abc123.execute-api.us-east-1.amazonaws.com");
    expect(sent.uri).toMatch(/^\/page\/(en|de)\/sale\/[^/]+$/);
    expect(sent.uri).toBe(originPath(uri));
    expect(sent.headers["x-origin-secret"]?.value).toMatch(/^\w{40,}$/);
  });

  test.each(["/sale/", "/de/sale/", "/sale", "/sale/index.html", "/pages", "/plain.css"])(
    "%s is a file of the site",
    async (uri) => {
      const { sent, origin } = await runEdgeFunction(code, { uri, ...noisy });
      expect(origin?.domainName).toBe("bucket.s3.amazonaws.com");
      expect(sent.headers["x-origin-secret"]).toBeUndefined();
      expect(originPath(uri)).toBe(uri);
    },
  );

  test.each([`/sale/${SALE}/proof`, `/de/sale/${SALE}/proof`])(
    "%s is the site's page of proofs, as the local CDN does it",
    async (uri) => {
      const { sent, origin } = await runEdgeFunction(code, { uri, ...noisy });
      expect(origin?.domainName).toBe("bucket.s3.amazonaws.com");
      expect(sent.uri).toMatch(/^(\/de)?\/proof\/index\.html$/);
      expect(sent.uri).toBe(originPath(uri));
    },
  );

  test("what a form needs to be told from a foreign one reaches the API: cookies, and who sent it", async () => {
    const headers = {
      origin: { value: "https://shop.example.com" },
      "sec-fetch-site": { value: "same-origin" },
    };
    const { sent } = await runEdgeFunction(code, {
      uri: "/plain/en/purchase",
      method: "POST",
      ...noisy,
      headers,
    });
    expect(sent.headers).toMatchObject(headers);
    expect(sent.cookies).toEqual(noisy.cookies);
  });

  test("the site's files come from the bucket, without query string or cookies, and get no secret", async () => {
    const { sent, origin } = await runEdgeFunction(code, { uri: "/", ...noisy });
    expect(origin?.domainName).toBe("bucket.s3.amazonaws.com");
    expect(sent.querystring).toEqual({});
    expect(sent.headers["x-origin-secret"]).toBeUndefined();
  });

  test("a viewer cannot bring the headers that only the CDN may set", async () => {
    const forged = {
      "x-viewer-address": { value: "10.0.0.1" },
      "x-origin-secret": { value: "guess" },
      "x-amzn-trace-id": { value: "Root=1-67891233-abcdef012345678912345678" },
    };
    const api = await runEdgeFunction(code, { uri: "/api/health", headers: forged });
    expect(api.sent.headers["x-viewer-address"]?.value).toBe("192.0.2.7");
    expect(api.sent.headers["x-origin-secret"]?.value).not.toBe("guess");
    expect(api.sent.headers["x-amzn-trace-id"]).toBeUndefined();
    const site = await runEdgeFunction(code, { uri: "/", headers: forged });
    expect(site.sent.headers["x-viewer-address"]).toBeUndefined();
  });

  test("every answer bears the security headers, over TLS alone", () => {
    for (const behavior of behaviors)
      expect(behavior).toMatchObject({
        viewerProtocolPolicy: "redirect-to-https",
        responseHeadersPolicyId: "SecurityHeaders-id",
      });
    expect(resourceOf("cloudfront/responseHeadersPolicy").inputs["securityHeadersConfig"]).toMatchObject({
      contentSecurityPolicy: { contentSecurityPolicy: expect.stringContaining("default-src 'none'") },
      // Not of the merchant's other hosts.
      strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, includeSubdomains: false },
      frameOptions: { frameOption: "DENY" },
    });
  });

  test("no error is kept: CloudFront would for ten seconds, whatever it says, and cookies are no part of its key", () => {
    const kept = [404, 414, 500, 501, 502, 503, 504];
    expect(distribution.customErrorResponses).toEqual(
      kept.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
    );
  });

  const isMatched = (uri: string) =>
    distribution.orderedCacheBehaviors.some(({ pathPattern = "" }) =>
      new RegExp(`^${pathPattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(uri),
    );

  test.each([...paths, ...addresses])(
    "%s has a behaviour without cookies, in which CloudFront asks once for all, just if it is shared",
    (uri) => {
      expect(isMatched(uri)).toBe(isSharedPath(originPath(uri)));
    },
  );

  test("a shared request brings the origin its secret and the viewer's address, and nothing of the viewer's", () => {
    for (const behavior of distribution.orderedCacheBehaviors)
      expect(behavior).toMatchObject({
        originRequestPolicyId: "SharedRequests-id",
        allowedMethods: ["GET", "HEAD"],
        cachePolicyId: distribution.defaultCacheBehavior["cachePolicyId"],
        functionAssociations: distribution.defaultCacheBehavior["functionAssociations"],
        targetOriginId: distribution.defaultCacheBehavior["targetOriginId"],
      });
    expect(resourceOf("cloudfront/originRequestPolicy").inputs).toMatchObject({
      cookiesConfig: { cookieBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
      headersConfig: { headers: { items: ["x-origin-secret", "x-viewer-address"] } },
    });
  });

  test("a deploy leaves the files that open pages still need", () => {
    const files = resources.filter(({ inputs }) => "purge" in inputs);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(({ inputs }) => inputs["purge"] !== false)).toEqual([]);
  });

  test("each route has its share of the API's rate; the shoppers' other requests leave the purchase's alone", () => {
    const apiStage = resourceOf("apigatewayv2/stage");
    const { defaultRouteSettings, routeSettings } = apiStage.inputs as {
      defaultRouteSettings: { throttlingRateLimit: number };
      routeSettings: { routeKey: string; throttlingRateLimit: number; throttlingBurstLimit: number }[];
    };
    const rate = stage === "production" ? 10_000 : 500;
    const rateOf = (name: HttpName) =>
      routeSettings.find(({ routeKey }) => routeKey === httpFunction(name).route)?.throttlingRateLimit ??
      defaultRouteSettings.throttlingRateLimit;
    expect(rateOf("purchase")).toBe(0.6 * rate);
    const shoppers = httpNames.filter((name) => !httpFunction(name).route.includes("/admin/"));
    const crowd = shoppers.filter((name) => !/^(plain(?!Purchase)|openapi|health|ready|signOut)/.test(name));
    expect(crowd).toContain("saleStatus");
    expect(crowd.reduce((sum, name) => sum + rateOf(name), 0)).toBeLessThanOrEqual(rate);
    // Whoever joins by the check has asked for its puzzle before: a tighter share would send honest people into lane 1.
    expect(rateOf("lineChallenge")).toBeGreaterThanOrEqual(rateOf("joinLine"));
    // AWS refuses settings of a route that is not there yet.
    const routes = all("apigatewayv2/route").filter(({ inputs }) =>
      routeSettings.some(({ routeKey }) => routeKey === inputs["routeKey"]),
    );
    expect(routes).toHaveLength(routeSettings.length);
    expect(apiStage.dependencies).toEqual(expect.arrayContaining(routes.map(({ urn }) => urn)));
    expect(all("apigatewayv2/api").map(({ inputs }) => inputs["corsConfiguration"])).toEqual([{}]);
  });
});
