import { consumers, httpFunction, httpNames, migrations, operations, schedules } from "../core/topology.ts";
import { stage } from "./stage.ts";

/** Lambda keeps so many for functions without a reservation, and refuses a deploy that would leave fewer. */
const UNRESERVED = 100;
/** The console of a few operators; a reservation is also the most that runs at once. */
const CONSOLE = 2;
/** What is set once and then looked at now and then. */
const SETTINGS = 1;
/** A run may outlast its minute, and the next one has begun. */
const GUARDIAN = 3;

const consoleHandlers = httpNames
  .map(httpFunction)
  .filter(({ route }) => route.includes(" /api/admin/"))
  .map(({ handler }) => handler);

const reservations: ReadonlyMap<string, number> = new Map([
  ...consoleHandlers.map((handler) => [handler, CONSOLE] as const),
  ...httpNames
    .map(httpFunction)
    .filter(({ route }) => /\/api\/admin\/(?:webhooks|keys)/.test(route))
    .map(({ handler }) => [handler, SETTINGS] as const),
  // Whoever has a link may ask as often as they like: that takes no more of PostgreSQL than the console does.
  [httpFunction("preview").handler, CONSOLE],
  // One: who asks again meets the environment that is still comparing.
  [httpFunction("saleReconciliation").handler, 1],
  [schedules.guardian.handler, GUARDIAN],
  ...Object.values(consumers).map(
    ({ handler, maximumConcurrency }) => [handler, maximumConcurrency] as const,
  ),
  [operations.handler, 2],
  [migrations.handler, 1],
  // The pace of the mails is one run's.
  [schedules.drawResults.handler, 1],
  [schedules.erasures.handler, 1],
  [schedules.staffMails.handler, 1],
  [schedules.payments.handler, 2],
  // A run may outlast its minute.
  [schedules.webhooks.handler, 2],
  [schedules.warmUp.handler, 1],
  [schedules.canary.handler, 1],
  // A run may outlast its minute; those of others are then asked for by the next.
  [schedules.beacon.handler, 2],
  // Each may cost a check of some tens of milliseconds, and nobody waits for more than one round in seconds.
  [httpFunction("bringSignature").handler, 2],
]);

const total = [...reservations.values()].reduce((sum, count) => sum + count, 0);
/** A preview has no crowd, and shares the account with others. */
const isEnabled = stage.isProduction && stage.accountConcurrency - total >= UNRESERVED;

/**
 * Executions that a crowd can't take from those who look after it: at the account's limit Lambda throttles whoever asks
 * next, the guardian first. Undefined: this function has none, or the account's limit is too low for any.
 */
export function reservedFor(handler: string): { reserved: number } | undefined {
  const reserved = isEnabled ? reservations.get(handler) : undefined;
  return reserved === undefined ? undefined : { reserved };
}
