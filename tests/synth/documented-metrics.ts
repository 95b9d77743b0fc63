/**
 * The metrics that AWS's documentation says exist, each with the dimensions under which it is reported. CloudWatch takes an
 * alarm on a metric that nobody reports, and shows it as well for ever.
 */
type Documented = {
  readonly namespace: string;
  readonly source: string;
  /** Whether the page was read for it, or another list than AWS's own; else it is remembered: check it. */
  readonly seen: "page" | "list of the CDK" | "remembered";
  readonly dimensions: readonly string[];
  readonly metrics: readonly string[];
};

const guide = (path: string) => `https://docs.aws.amazon.com/${path}`;

export const documentedMetrics: readonly Documented[] = [
  {
    namespace: "AWS/Lambda",
    source: guide("lambda/latest/dg/monitoring-metrics-types.html"),
    seen: "list of the CDK",
    dimensions: ["FunctionName"],
    metrics: ["Errors", "Throttles", "Duration", "Invocations"],
  },
  {
    namespace: "AWS/Lambda",
    source: guide("lambda/latest/dg/monitoring-metrics-types.html"),
    seen: "list of the CDK",
    dimensions: ["FunctionName", "Resource"],
    metrics: ["ProvisionedConcurrencySpilloverInvocations"],
  },
  {
    // Over all functions of the Region.
    namespace: "AWS/Lambda",
    source: guide("lambda/latest/dg/monitoring-concurrency.html"),
    seen: "page",
    dimensions: [],
    metrics: ["ClaimedAccountConcurrency"],
  },
  {
    namespace: "AWS/Lambda",
    source: guide("lambda/latest/dg/monitoring-metrics-types.html"),
    seen: "list of the CDK",
    dimensions: [],
    metrics: ["Throttles"],
  },
  {
    namespace: "AWS/ApiGateway",
    source: guide("apigateway/latest/developerguide/http-api-metrics.html"),
    seen: "page",
    dimensions: ["ApiId"],
    metrics: ["4xx", "5xx", "Count", "Latency"],
  },
  {
    namespace: "AWS/CloudFront",
    source: guide("AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html"),
    seen: "remembered",
    dimensions: ["DistributionId", "Region"],
    metrics: ["5xxErrorRate"],
  },
  {
    // Of a web ACL for CloudFront there is no Region.
    namespace: "AWS/WAFV2",
    source: guide("waf/latest/developerguide/waf-metrics.html"),
    seen: "remembered",
    dimensions: ["Rule", "WebACL"],
    metrics: ["AllowedRequests", "BlockedRequests"],
  },
  {
    namespace: "AWS/ElastiCache",
    source: guide("AmazonElastiCache/latest/dg/CacheMetrics.Redis.html"),
    seen: "page",
    dimensions: ["CacheClusterId"],
    metrics: [
      "EngineCPUUtilization",
      "DatabaseMemoryUsagePercentage",
      "Evictions",
      "CurrConnections",
      "ReplicationLag",
    ],
  },
  {
    namespace: "AWS/ElastiCache",
    source: guide("AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html"),
    seen: "page",
    dimensions: ["CacheClusterId"],
    metrics: ["CPUCreditBalance"],
  },
  {
    namespace: "AWS/RDS",
    source: guide("AmazonRDS/latest/UserGuide/rds-metrics.html"),
    seen: "page",
    dimensions: ["DBInstanceIdentifier"],
    metrics: ["CPUUtilization", "FreeStorageSpace", "DatabaseConnections", "CPUCreditBalance"],
  },
  {
    namespace: "AWS/DynamoDB",
    source: guide("amazondynamodb/latest/developerguide/metrics-dimensions.html"),
    seen: "remembered",
    dimensions: ["TableName"],
    metrics: ["ReadThrottleEvents", "WriteThrottleEvents"],
  },
  {
    namespace: "AWS/SQS",
    source: guide("AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html"),
    seen: "remembered",
    dimensions: ["QueueName"],
    metrics: ["ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"],
  },
  {
    namespace: "AWS/SES",
    source: guide("ses/latest/dg/reputationdashboard-cloudwatch-alarm.html"),
    seen: "remembered",
    dimensions: [],
    metrics: ["Reputation.BounceRate", "Reputation.ComplaintRate"],
  },
];

/** Reported every five minutes, or each hour, and not each minute: in seconds. */
export const slowMetrics: Readonly<Record<string, number>> = {
  CPUCreditBalance: 300,
  "Reputation.BounceRate": 3_600,
  "Reputation.ComplaintRate": 3_600,
};
