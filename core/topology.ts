import { type PageName, pages } from "./contract/pages.ts";
import { type RouteName, routes } from "./contract/routes.ts";

/**
 * What runs where, and within which limits: the stacks deploy it, the local cloud obeys it, recovery counts on it.
 *
 * `PURCHASE_TIME_LIMIT_SECONDS` is the longest that a purchase can run. A recovery drains for longer than that.
 */
export const PURCHASE_TIME_LIMIT_SECONDS = 5;

/** Largest request body that any function reads, in bytes. */
export const BODY_LIMIT_BYTES = 16 * 1024;

type FunctionLimits = { readonly handler: string; readonly timeLimitSeconds: number };

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What HTTP reaches: the API's routes, and the pages that are rendered. */
export type HttpName = RouteName | PageName;
export const httpNames = [...Object.keys(routes), ...Object.keys(pages)] as HttpName[];

/**
 * How long the CDN waits for the API. It may then send a GET once more, so every function behind it ends before.
 */
export const CDN_PATIENCE_SECONDS = 15;

const httpTimeLimits: Partial<Record<HttpName, number>> = {
  purchase: PURCHASE_TIME_LIMIT_SECONDS,
  plainPurchase: PURCHASE_TIME_LIMIT_SECONDS,
  saleReconciliation: 12,
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

const isPage = (name: HttpName): name is PageName => name in pages;

/** The consumer of the order queue. Visibility ≥ 6 × the time limit, as AWS advises. */
export const orderConsumer = {
  handler: "functions/queue/order-consumer.ts",
  timeLimitSeconds: 20,
  batchSize: 500,
  batchWindowSeconds: 1,
  maximumConcurrency: 4,
  visibilityTimeoutSeconds: 120,
  maxReceiveCount: 5,
} as const satisfies FunctionLimits & Record<string, unknown>;

/**
 * The guardian: started each minute, it looks after the sales for most of it while one is near; a look may end a little
 * later.
 */
export const guardian = {
  handler: "functions/schedule/guardian.ts",
  everySeconds: 60,
  /** How long one run goes on looking while a sale is near. */
  runSeconds: 55,
  /** How long a run takes where none is: one look; rounded up, for the costs. */
  idleSeconds: 1,
  timeLimitSeconds: 120,
} as const satisfies FunctionLimits & Record<string, unknown>;

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

/** Looks each minute whether a sale is about to open, and keeps the purchase warm around openings. */
export const warmUp = {
  handler: "functions/schedule/warm-up.ts",
  everySeconds: 60,
  timeLimitSeconds: 30,
} as const satisfies FunctionLimits & Record<string, unknown>;

/** Makes sessions for the smoke purchase after a deploy; invoked by hand alone. */
export const smokeSessions = {
  handler: "functions/operations/smoke-sessions.ts",
  timeLimitSeconds: 10,
} as const satisfies FunctionLimits;

/** Buys once each hour in production, as the smoke purchase does after a deploy, so that what broke while nobody bought is heard of. */
export const canary = {
  handler: "functions/schedule/canary.ts",
  everySeconds: 3_600,
  timeLimitSeconds: 120,
} as const satisfies FunctionLimits & Record<string, unknown>;
