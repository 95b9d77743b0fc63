/** Where a figure comes from; null: remembered, not looked up. */
type Source = string | null;
export type Quota = {
  readonly what: string;
  readonly value: number;
  readonly source: Source;
  readonly canBeRaised: boolean;
};

const aws = (path: string) => `https://docs.aws.amazon.com/${path}`;
const lambda = aws("lambda/latest/dg/scaling-behavior.html");

/** What AWS gives an account at first, us-east-1. */
export const quotas = {
  cdn: {
    what: "CloudFront: requests a second of one distribution",
    value: 250_000,
    source: aws("AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html"),
    canBeRaised: true,
  },
  api: {
    what: "API Gateway: requests a second of the account",
    value: 10_000,
    source: aws("apigateway/latest/developerguide/limits.html"),
    canBeRaised: true,
  },
  apiBurst: {
    what: "API Gateway: burst (follows the rate; AWS decides)",
    value: 5_000,
    source: aws("apigateway/latest/developerguide/limits.html"),
    canBeRaised: false,
  },
  concurrency: {
    what: "Lambda: executions at once in the account",
    value: 1_000,
    source: lambda,
    canBeRaised: true,
  },
  starts: {
    what: "Lambda: new environments of a function in 10 seconds",
    value: 1_000,
    source: lambda,
    canBeRaised: false,
  },
  requestsOfOne: {
    what: "Lambda: requests a second of one environment",
    value: 10,
    source: lambda,
    canBeRaised: false,
  },
  partition: {
    what: "DynamoDB: writes a second of one partition",
    value: 1_000,
    source: aws("amazondynamodb/latest/developerguide/warm-throughput-scenarios.html"),
    canBeRaised: false,
  },
  warmWrites: {
    what: "DynamoDB: writes a second that a new table takes at once (warm throughput)",
    value: 4_000,
    source: aws("amazondynamodb/latest/developerguide/warm-throughput-scenarios.html"),
    canBeRaised: true,
  },
  tableWrites: {
    what: "DynamoDB: writes a second of one table",
    value: 40_000,
    source: aws("amazondynamodb/latest/developerguide/ServiceQuotas.html"),
    canBeRaised: true,
  },
  gateConnections: {
    what: "ElastiCache: connections of one node",
    value: 65_000,
    source: null,
    canBeRaised: false,
  },
  gateMegabits: {
    what: "ElastiCache: megabits a second of cache.r7g.large, without its bursts",
    value: 937,
    source: null,
    canBeRaised: false,
  },
  mails: {
    what: "SES: mails a day, outside the sandbox",
    value: 50_000,
    source: "https://bluefox.email/aws-concepts/ses-sending-quota",
    canBeRaised: true,
  },
  mailsPerSecond: {
    what: "SES: mails a second",
    value: 14,
    source: "https://acellemail.com/ja/kb/articles/ses-sending-limits-cookbook",
    canBeRaised: true,
  },
} as const satisfies Record<string, Quota>;

export type QuotaName = keyof typeof quotas;

/** What was not measured on AWS, in milliseconds; remembered as usual within one Region. All are there and back. */
export const assumed = {
  /** A shopper's device to the API, one way. */
  networkMs: { value: 40, what: "from a shopper to the API, one way, median" },
  gateTripMs: { value: 0.6, what: "function to gate and back, median" },
  ledgerTripMs: { value: 5, what: "DynamoDB put and back, median" },
  queueTripMs: { value: 8, what: "SQS send and back, median" },
  runtimeStartMs: { value: 250, what: "Lambda's own part of a cold start, before our import" },
  commitMs: { value: 5, what: "PostgreSQL's commit in two zones" },
  cores: { value: 0.58, what: "of a core that a function of 1,024 MB has (1,769 MB have one)" },
  edges: { value: 60, what: "edge caches that ask the origin for a status, each once a second" },
} as const satisfies Record<string, { readonly value: number; readonly what: string }>;
