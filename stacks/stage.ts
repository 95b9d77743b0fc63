import { type GateInstance, gateSizes } from "../core/preflight/gate-sizes.ts";
import { readShop } from "../core/contract/shop.ts";
import { setting, settingOneOf, settingNumber } from "./settings.ts";

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
  readonly gate: {
    readonly instance: GateInstance;
    readonly shards: number;
    readonly replicas: 0 | 1;
    readonly snapshotDays: number;
  };
  readonly orders: {
    readonly instance: string;
    readonly isMultiAz: boolean;
    readonly storage: `${number} GB`;
    readonly backupDays: number;
  };
  /** Zones in which SQS has an endpoint; each is paid by the hour. */
  readonly endpointZones: 1 | 2;
  /** API Gateway: requests a second, and how many at once. */
  readonly api: { readonly rate: number; readonly burst: number };
  /** Purchase functions kept warm around each opening; see core/preflight/. */
  readonly warm: { readonly attemptsPerSecond: number; readonly most: number };
  readonly logs: "1 week" | "1 month";
  readonly budgetUsd: number;
};

/**
 * What each kind of stage has while nothing is sold: tests/costs/ holds it to 140 dollars a month, a preview to 35. A
 * large sale gets more by the settings below, the day before.
 */
const sizes: Record<StageKind, Sizes> = {
  production: {
    gate: { instance: "t4g.small", shards: 1, replicas: 1, snapshotDays: 1 },
    orders: { instance: "t4g.small", isMultiAz: true, storage: "20 GB", backupDays: 14 },
    endpointZones: 2,
    api: { rate: 10_000, burst: 5_000 },
    warm: { attemptsPerSecond: 500, most: 800 },
    logs: "1 month",
    budgetUsd: 400,
  },
  preview: {
    gate: { instance: "t4g.micro", shards: 1, replicas: 0, snapshotDays: 0 },
    orders: { instance: "t4g.micro", isMultiAz: false, storage: "20 GB", backupDays: 1 },
    endpointZones: 1,
    api: { rate: 500, burst: 250 },
    warm: { attemptsPerSecond: 50, most: 10 },
    logs: "1 week",
    budgetUsd: 60,
  },
  dev: {
    gate: { instance: "t4g.micro", shards: 1, replicas: 0, snapshotDays: 0 },
    orders: { instance: "t4g.micro", isMultiAz: false, storage: "20 GB", backupDays: 1 },
    endpointZones: 1,
    api: { rate: 100, burst: 50 },
    warm: { attemptsPerSecond: 0, most: 0 },
    logs: "1 week",
    budgetUsd: 20,
  },
};

const kind: StageKind = $dev ? "dev" : $app.stage === "production" ? "production" : "preview";
const size = sizes[kind];

export const stage = {
  kind,
  isProduction: kind === "production",
  ...size,
  gate: {
    ...size.gate,
    instance: settingOneOf("GATE_INSTANCE", Object.keys(gateSizes) as GateInstance[]) ?? size.gate.instance,
  },
  orders: { ...size.orders, instance: setting("ORDERS_INSTANCE", "optional") || size.orders.instance },
  warm: {
    ...size.warm,
    attemptsPerSecond: settingNumber("ATTEMPTS_PER_SECOND") ?? size.warm.attemptsPerSecond,
  },
  /** People who join a line each second, at most; above 800 their table is warmed for them. */
  joinsPerSecond: settingNumber("JOINS_PER_SECOND") ?? 0,
  /** When AWS may replace a node or patch a database, in UTC: in the night between two working days. */
  maintenance: { week: "tue:04:00-tue:05:00", backup: "02:30-03:30" },
  /** Before the names of alarms and metrics. */
  prefix: `${$app.name}-${$app.stage}`,
  /** The address that mails come from: an identity that SES has verified. */
  mailFrom: setting("MAIL_FROM", "required"),
  /** Mails about orders in a second; sign-in codes share what SES allows the account. */
  mailsPerSecond: settingNumber("MAILS_PER_SECOND") ?? 5,
  /** Who is told of alarms and of the budget. */
  alarmEmail: setting("ALARM_EMAIL", kind === "production" ? "required" : "optional"),
  /** A second way: `https://…` of a paging service, or a telephone number as `+49…`. */
  alarmPager: setting("ALARM_PAGER", "optional"),
  /** Executions that Lambda runs at once for the account: `aws lambda get-account-settings`. */
  accountConcurrency:
    settingNumber("ACCOUNT_CONCURRENCY", kind === "production" ? "required" : "optional") ?? 0,
  /** The shop that sells here. Production needs the links that the law asks for; others say that they are missing. */
  shop: readShop({
    SHOP_NAME: setting("SHOP_NAME", "optional"),
    SHOP_ACCENT: setting("SHOP_ACCENT", "optional"),
    SHOP_IMPRINT_URL: setting("SHOP_IMPRINT_URL", kind === "production" ? "required" : "optional"),
    SHOP_PRIVACY_URL: setting("SHOP_PRIVACY_URL", kind === "production" ? "required" : "optional"),
    SHOP_TERMS_URL: setting("SHOP_TERMS_URL", kind === "production" ? "required" : "optional"),
    SHOP_CONTACT: setting("SHOP_CONTACT", "optional"),
    SHOP_NEXT_STEPS_EN: setting("SHOP_NEXT_STEPS_EN", "optional"),
    SHOP_NEXT_STEPS_DE: setting("SHOP_NEXT_STEPS_DE", "optional"),
    SHOP_TIME_ZONE: setting("SHOP_TIME_ZONE", "optional"),
    SHOP_SIGN_IN_NAME: setting("SHOP_SIGN_IN_NAME", "optional"),
  }),
  /** The merchant's own sign-in, by OpenID Connect; empty: there is none. Its secret is set by `sst secret set`. */
  openId: {
    issuer: setting("OPENID_ISSUER", "optional"),
    clientId: setting("OPENID_CLIENT_ID", "optional"),
  },
  /** `role=e-mail` pairs of the merchant's people. */
  staff: setting("STAFF", "optional"),
  mailboxProviders: setting("MAILBOX_PROVIDERS", "optional"),
  /** Hosts of push services that may be called; empty: those of the browsers that people have. */
  pushServices: setting("PUSH_SERVICES", "optional"),
  /** The site's own domain, in Route 53; empty: CloudFront's. */
  domain: kind === "production" ? setting("SITE_DOMAIN", "optional") : "",
  /** The stores of `npm run dev`. */
  local: {
    redisUrl: setting("REDIS_URL", kind === "dev" ? "required" : "optional"),
    databaseUrl: setting("DATABASE_URL", kind === "dev" ? "required" : "optional"),
  },
} as const;
