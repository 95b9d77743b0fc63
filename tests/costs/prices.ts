/** Where a price was read, and as of when; null: it was found in no list that could be read, and is remembered. */
export type Source = { readonly name: string; readonly url: string; readonly asOf: string } | null;
export type Price = { readonly usd: number; readonly per: string; readonly source: Source };

const from = (name: string, asOf: string, url: string): Source => ({ name, asOf, url });
const rds = from("infratally", "2026", "https://infratally.com/articles/aws-rds-pricing-explained-2026.html");
const storage = from(
  "usage.ai",
  "June 2026",
  "https://www.usage.ai/blogs/aws/reserved-instances/rds/pricing-calculator/",
);
const lambda = from(
  "lambda notes",
  "2026-05-11",
  "https://git.mcrn.ar/mariano/lambda_local_runner/src/branch/main/docs/lambdas-md/lambda-13-cost.md",
);
const waf = from("c3x", "undated", "https://c3x.dev/blog/aws-waf-cost-explained/");
const cloudWatch = from(
  "factualminds",
  "2026-06-13",
  "https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/",
);
const metrics = from("signoz", "2026-02-15", "https://signoz.io/guides/cloudwatch-pricing");
const cdn = from(
  "kindatechnical",
  "undated",
  "https://kindatechnical.com/aws-certification-associate-developer/lesson-87-cloudfront-pricing.html",
);
const cdnFunctions = from("vantage", "undated", "https://cur.vantage.sh/aws/amazoncloudfront/");

/** US dollars, us-east-1, on demand, without free tiers. All in one place: a new price is one line. */
export const prices = {
  "cache.t4g.micro, Valkey": { usd: 0.0128, per: "hour", source: null },
  "cache.t4g.small, Valkey": { usd: 0.0256, per: "hour", source: null },
  "cache.r7g.large, Valkey": { usd: 0.175, per: "hour", source: null },
  "db.t4g.micro": { usd: 0.016, per: "hour", source: rds },
  "db.t4g.small": { usd: 0.032, per: "hour", source: rds },
  "db.m7g.large": { usd: 0.168, per: "hour", source: null },
  "gp3 storage of RDS": { usd: 0.115, per: "GB-month", source: storage },
  "interface endpoint": { usd: 0.01, per: "zone-hour", source: null },
  "Lambda, arm64": { usd: 0.0000133334, per: "GB-second", source: lambda },
  "Lambda requests": { usd: 0.2, per: "million", source: lambda },
  "provisioned concurrency, arm64": { usd: 0.0000033334, per: "GB-second", source: null },
  "WAF ACL": { usd: 5, per: "month", source: waf },
  "WAF rule": { usd: 1, per: "month", source: waf },
  "WAF requests": { usd: 0.6, per: "million", source: waf },
  "CloudWatch alarm": { usd: 0.1, per: "month", source: null },
  "CloudWatch metric": { usd: 0.3, per: "month", source: metrics },
  "CloudWatch dashboard": { usd: 3, per: "month", source: cloudWatch },
  "CloudWatch logs": { usd: 0.5, per: "GB", source: cloudWatch },
  "secret in Secrets Manager": { usd: 0.4, per: "month", source: null },
  "CloudFront requests": { usd: 1, per: "million", source: cdn },
  "CloudFront transfer": { usd: 0.085, per: "GB", source: cdn },
  "CloudFront function": { usd: 0.1, per: "million", source: cdnFunctions },
  "HTTP API requests": { usd: 1, per: "million", source: null },
  "DynamoDB writes": { usd: 0.625, per: "million", source: null },
  "SQS requests": { usd: 0.4, per: "million", source: null },
  "SES mails": { usd: 0.1, per: "thousand", source: null },
  "EventBridge Scheduler": { usd: 1, per: "million", source: null },
  "X-Ray traces": { usd: 5, per: "million", source: null },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;
