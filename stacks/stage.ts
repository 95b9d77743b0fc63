/**
 * Everything that differs by stage, and everything that the one who deploys may set.
 *
 * `production` is that stage alone. `dev` is whatever `sst dev` runs: functions live on the developer's machine beside a
 * local Redis and PostgreSQL, so nothing in AWS costs anything while idle. Any other stage is a `preview`: the same
 * parts as production, each in its smallest form.
 */
export type StageKind = "production" | "preview" | "dev";

type Sizes = {
  /** Valkey: shards share the sales among them; one sale lives in one. */
  readonly gate: { readonly instance: string; readonly shards: number; readonly snapshotDays: number };
  readonly orders: {
    readonly instance: string;
    readonly isMultiAz: boolean;
    readonly storage: `${number} GB`;
    readonly backupDays: number;
  };
  /** Requests a second that the ledger takes at once, without growing first. Null: DynamoDB's own start. */
  readonly ledgerWarm: { readonly reads: number; readonly writes: number } | null;
  /** API Gateway: requests a second, and how many at once. */
  readonly api: { readonly rate: number; readonly burst: number };
  /** Requests a minute that one address may send before WAF turns it away. */
  readonly requestsPerAddress: number;
  /** Purchase functions kept warm around each opening; see core/preflight/. */
  readonly warm: { readonly attemptsPerSecond: number; readonly most: number };
  readonly logs: "1 week" | "1 month";
  readonly budgetUsd: number;
};

const sizes: Record<StageKind, Sizes> = {
  production: {
    gate: { instance: "r7g.large", shards: 2, snapshotDays: 1 },
    orders: { instance: "m7g.large", isMultiAz: true, storage: "100 GB", backupDays: 14 },
    ledgerWarm: { reads: 12_000, writes: 16_000 },
    api: { rate: 10_000, burst: 5_000 },
    requestsPerAddress: 600,
    warm: { attemptsPerSecond: 5_000, most: 800 },
    logs: "1 month",
    budgetUsd: 2_000,
  },
  preview: {
    // The smallest that may be durable; a t4g may not.
    gate: { instance: "r7g.large", shards: 1, snapshotDays: 0 },
    orders: { instance: "t4g.micro", isMultiAz: false, storage: "20 GB", backupDays: 1 },
    ledgerWarm: null,
    api: { rate: 500, burst: 250 },
    requestsPerAddress: 600,
    warm: { attemptsPerSecond: 50, most: 10 },
    logs: "1 week",
    budgetUsd: 300,
  },
  dev: {
    gate: { instance: "r7g.large", shards: 1, snapshotDays: 0 },
    orders: { instance: "t4g.micro", isMultiAz: false, storage: "20 GB", backupDays: 1 },
    ledgerWarm: null,
    api: { rate: 100, burst: 50 },
    requestsPerAddress: 600,
    warm: { attemptsPerSecond: 0, most: 0 },
    logs: "1 week",
    budgetUsd: 20,
  },
};

const kind: StageKind = $dev ? "dev" : $app.stage === "production" ? "production" : "preview";

/** Set by the one who deploys, in the environment or `.env`; docs/deploying.md explains each. */
function setting(name: string, need: "required" | "optional"): string {
  const value = process.env[name] ?? "";
  if (value === "" && need === "required")
    throw new Error(`${name} is not set: stage ${$app.stage} needs it (see docs/deploying.md).`);
  return value;
}

export const stage = {
  kind,
  isProduction: kind === "production",
  ...sizes[kind],
  /** Before the names of alarms and metrics. */
  prefix: `${$app.name}-${$app.stage}`,
  /** The address that sign-in codes come from. Production makes its SES identity, the others use it. */
  mailFrom: setting("MAIL_FROM", "required"),
  /** Who is told of alarms and of the budget. */
  alarmEmail: setting("ALARM_EMAIL", kind === "production" ? "required" : "optional"),
  /** `role=e-mail` pairs of the merchant's people. */
  staff: setting("STAFF", "optional"),
  /** The site's own domain, in Route 53; empty: CloudFront's. */
  domain: kind === "production" ? setting("SITE_DOMAIN", "optional") : "",
  /** The stores of `npm run dev`. */
  local: {
    redisUrl: setting("REDIS_URL", kind === "dev" ? "required" : "optional"),
    databaseUrl: setting("DATABASE_URL", kind === "dev" ? "required" : "optional"),
  },
} as const;
