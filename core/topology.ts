import { type PageName, pages } from "./contract/pages.ts";
import { type RouteName, routes } from "./contract/routes.ts";
import { PURCHASE_TIME_LIMIT_SECONDS } from "./limits.ts";
import type { VariableName } from "./config.ts";

/** What runs where, and within which limits: the stacks deploy it, the local cloud obeys it, recovery counts on it. */
type FunctionLimits = { readonly handler: string; readonly timeLimitSeconds: number };

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What HTTP reaches: the API's routes, and the pages that are rendered. */
export type HttpName = RouteName | PageName;
// Pure, so that a function that needs a limit of this file alone has no table of pages in its bundle.
export const httpNames = /* @__PURE__ */ (() => [
  ...Object.keys(routes),
  ...Object.keys(pages),
])() as HttpName[];

/**
 * How long the CDN waits for the API. It may then send a GET once more, so every function behind it ends before.
 */
export const CDN_PATIENCE_SECONDS = 15;

const httpTimeLimits: Partial<Record<HttpName, number>> = {
  purchase: PURCHASE_TIME_LIMIT_SECONDS,
  plainPurchase: PURCHASE_TIME_LIMIT_SECONDS,
  saleReconciliation: 12,
  // Reads a list of guests and writes another.
  changeGuests: 14,
  guestList: 14,
  saleReport: 14,
  // Every sale is looked at.
  exportBuyer: 14,
  eraseBuyer: 14,
  // Each may wait for the payment provider, twice over.
  openPayment: 14,
  cancelHold: 14,
  plainPayment: 14,
  plainCancel: 14,
  plainReturn: 14,
  // Each may wait for the merchant's own sign-in, four calls of three seconds.
  plainOpenId: 14,
  plainOpenIdReturn: 14,
  paymentWebhook: 14,
  // It may read a whole sale, or remove one.
  stepRehearsal: 14,
};

/** The function behind a route or page: `functions/http/<name>.ts` or `functions/pages/<name>.ts`, its export `handler`. */
export function httpFunction(name: HttpName): FunctionLimits & { readonly route: string } {
  const [folder, { route }] = isPage(name) ? ["pages", pages[name]] : ["http", routes[name]];
  return {
    handler: `functions/${folder}/${kebab(name)}.ts`,
    route,
    timeLimitSeconds: httpTimeLimits[name] ?? 10,
  };
}

/**
 * The route by which a page, a picture or a check is asked for its headers alone (RFC 9110, 9.3.2): by previews, crawlers and
 * monitors. API Gateway takes HEAD for a method like any other. Null: it is not for everybody, or nothing to look at.
 */
export function headRoute(name: HttpName): string | null {
  const isPublic = isPage(name) || !("role" in routes[name]);
  const { route } = httpFunction(name);
  return isPublic && route.startsWith("GET ") ? route.replace("GET ", "HEAD ") : null;
}

const isPage = (name: HttpName): name is PageName => name in pages;

export type Consumer = FunctionLimits & {
  /** The variable that bears its queue's address, for whoever sends to it. */
  readonly queue: Extract<VariableName, `${string}_QUEUE_URL`>;
  readonly batchSize: number;
  /** How long a batch may wait to fill up. */
  readonly batchWindowSeconds: number;
  /** Most invocations at once. */
  readonly maximumConcurrency: number;
  /** At least six times the time limit, as AWS advises. */
  readonly visibilityTimeoutSeconds: number;
  /** Receives after which a message is a dead letter. */
  readonly maxReceiveCount: number;
};

/** Every function that a queue feeds: the local triggers and the stacks are made from it. */
export const consumers = {
  orderConsumer: {
    handler: "functions/queue/order-consumer.ts",
    queue: "ORDER_QUEUE_URL",
    timeLimitSeconds: 20,
    batchSize: 500,
    batchWindowSeconds: 1,
    maximumConcurrency: 4,
    visibilityTimeoutSeconds: 120,
    maxReceiveCount: 5,
  },
  /** Speaks to the payment provider, outside the network; a run asks it about so few that each has its time. */
  paymentWorker: {
    handler: "functions/queue/payment-worker.ts",
    queue: "PAYMENT_QUEUE_URL",
    timeLimitSeconds: 60,
    batchSize: 5,
    batchWindowSeconds: 0,
    maximumConcurrency: 5,
    visibilityTimeoutSeconds: 360,
    maxReceiveCount: 10,
  },
  /** Sends mails about orders. While SES takes none they wait: a hundred receives are five hours. */
  orderMailer: {
    handler: "functions/queue/order-mailer.ts",
    queue: "MAIL_QUEUE_URL",
    timeLimitSeconds: 30,
    batchSize: 1,
    batchWindowSeconds: 0,
    maximumConcurrency: 2,
    visibilityTimeoutSeconds: 180,
    maxReceiveCount: 100,
  },
  /**
   * Hands browsers' push services what they are to bring, outside the network. What they do not take now goes back to the queue
   * by itself, for a while; what the tables refuse comes again after the visibility timeout.
   */
  pushSender: {
    handler: "functions/queue/push-sender.ts",
    queue: "PUSH_QUEUE_URL",
    timeLimitSeconds: 30,
    batchSize: 5,
    batchWindowSeconds: 0,
    maximumConcurrency: 4,
    visibilityTimeoutSeconds: 180,
    maxReceiveCount: 10,
  },
  /**
   * Calls the endpoints that merchants name, outside the network, where it reaches nothing of ours but the queues. A call that
   * was cut off comes again after the visibility timeout.
   */
  webhookSender: {
    handler: "functions/queue/webhook-sender.ts",
    queue: "WEBHOOK_QUEUE_URL",
    timeLimitSeconds: 20,
    batchSize: 10,
    batchWindowSeconds: 0,
    maximumConcurrency: 5,
    visibilityTimeoutSeconds: 120,
    maxReceiveCount: 5,
  },
  /** Notes what came of the calls in PostgreSQL, and sends what waited for them. */
  webhookReporter: {
    handler: "functions/queue/webhook-reporter.ts",
    queue: "WEBHOOK_REPORT_QUEUE_URL",
    timeLimitSeconds: 20,
    batchSize: 100,
    batchWindowSeconds: 1,
    maximumConcurrency: 2,
    visibilityTimeoutSeconds: 120,
    maxReceiveCount: 20,
  },
  /** Is the crowd of a rehearsal, for as long as that lasts; one at a time, so that two do not share the machine. */
  rehearsalCrowd: {
    handler: "functions/queue/rehearsal-crowd.ts",
    queue: "REHEARSAL_QUEUE_URL",
    timeLimitSeconds: 840,
    batchSize: 1,
    batchWindowSeconds: 0,
    maximumConcurrency: 2,
    visibilityTimeoutSeconds: 5_040,
    maxReceiveCount: 3,
  },
} as const satisfies Record<string, Consumer>;
export type ConsumerName = keyof typeof consumers;

export type Schedule = FunctionLimits & {
  readonly everySeconds: number;
  /** Of one that goes on for most of that time: how long a run lasts, unless its event says otherwise. */
  readonly runSeconds?: number;
  /** Where it goes on only while there is something to do: how long a run takes else, rounded up. */
  readonly idleSeconds?: number;
  /** Neither previews nor this machine have it. */
  readonly isForProduction?: true;
};

/** Every function that time starts: the local schedules and the stacks are made from it. */
export const schedules = {
  /** Looks after the sales, for most of its minute while one is near; a look may end a little later than its run. */
  guardian: {
    handler: "functions/schedule/guardian.ts",
    everySeconds: 60,
    runSeconds: 55,
    idleSeconds: 1,
    timeLimitSeconds: 120,
  },
  /** Fetches the rounds of the public beacon that lines wait for, for most of its minute while one does or may soon. */
  beacon: {
    handler: "functions/schedule/beacon.ts",
    everySeconds: 60,
    runSeconds: 55,
    idleSeconds: 1,
    timeLimitSeconds: 90,
  },
  /** Tells people by mail what came of a line, and that a sale opens soon; for most of its minute while a turn may begin. */
  drawResults: {
    handler: "functions/schedule/draw-results.ts",
    everySeconds: 60,
    runSeconds: 50,
    idleSeconds: 1,
    timeLimitSeconds: 90,
  },
  /** Takes up payments that stand between two steps, by asking the provider. */
  payments: { handler: "functions/schedule/payments.ts", everySeconds: 60, timeLimitSeconds: 60 },
  /** Numbers what has happened and has the webhooks sent that are due, for most of its minute while there are any. */
  webhooks: {
    handler: "functions/schedule/webhooks.ts",
    everySeconds: 60,
    runSeconds: 55,
    idleSeconds: 1,
    timeLimitSeconds: 90,
  },
  /** Goes on with the deletion of buyers' data, and with what else waits for the audit log. */
  erasures: { handler: "functions/schedule/erasures.ts", everySeconds: 900, timeLimitSeconds: 240 },
  /** Asks the staff by mail for what they must decide: a go for a sale that opens soon. */
  staffMails: { handler: "functions/schedule/staff-mails.ts", everySeconds: 60, timeLimitSeconds: 60 },
  /** Sees whether a sale is about to open, and keeps the purchase warm around openings. */
  warmUp: { handler: "functions/schedule/warm-up.ts", everySeconds: 60, timeLimitSeconds: 30 },
  /** Buys as the smoke purchase does after a deploy, so that what broke while nobody bought is heard of. */
  canary: {
    handler: "functions/schedule/canary.ts",
    everySeconds: 3_600,
    timeLimitSeconds: 120,
    isForProduction: true,
  },
} as const satisfies Record<string, Schedule>;
export type ScheduleName = keyof typeof schedules;

/** Run once in each deploy, before new code serves; a migration may take its time. */
export const migrations = {
  handler: "functions/deploy/migrate.ts",
  timeLimitSeconds: 300,
} as const satisfies FunctionLimits;

/** The operators' commands in a deployed stage, invoked by hand. */
export const operations = {
  handler: "functions/operations/operations.ts",
  timeLimitSeconds: 300,
} as const satisfies FunctionLimits;

/** Makes sessions for the smoke purchase after a deploy; invoked by hand alone. */
export const smokeSessions = {
  handler: "functions/operations/smoke-sessions.ts",
  timeLimitSeconds: 10,
} as const satisfies FunctionLimits;
