import type { PreflightCheck, PreflightReport } from "../contract/preflight.ts";
import type { Guests } from "../contract/guests.ts";
import type { Visibility } from "../contract/visibility.ts";
import { whyTooSmall } from "./gate-sizes.ts";
import { environmentsFor, isNearOpening } from "./warm-up.ts";

/** What is known of a sale and its stage before it opens. Null: it could not be found out here. */
export type PreflightFacts = {
  readonly sale: {
    readonly visibility: Visibility;
    readonly state: string;
    readonly allocated: number;
    readonly startsAtMs: number;
    readonly guests?: Guests;
    readonly endsAtMs: number | null;
    readonly revision: number;
  };
  /** Null: lost, or never loaded. */
  readonly gate: {
    readonly allocated: number;
    readonly available: number;
    readonly held: number;
    readonly sold: number;
    readonly revision: number;
    readonly isRecovering: boolean;
    readonly nowMs: number;
  } | null;
  /** By the clock of this machine, when the gate told its time. */
  readonly nowMs: number;
  readonly deadLetters: number | null;
  readonly ordersWaiting: number | null;
  /** When the guardian was last seen. */
  readonly guardianSeenAtMs: number | null;
  readonly stage: StageFacts | null;
};

/** What only AWS knows; there is none of it locally. */
export type StageFacts = {
  readonly attemptsPerSecond: number;
  /** Node type of the gate, such as `t4g.small`. */
  readonly gateInstance: string;
  /** Executions that the account may run at once. */
  readonly concurrencyLimit: number;
  /** Requests a second that the API lets through. */
  readonly apiRateLimit: number;
  readonly warm: { readonly requested: number; readonly available: number };
  readonly alarms: readonly { readonly name: string; readonly state: string; readonly isArmed: boolean }[];
};

type Check = PreflightReport["checks"][number];
export type Preflight = Pick<PreflightReport, "verdict" | "checks">;

const CLOCK_LIMIT_MS = 1_000;
const GUARDIAN_LIMIT_MS = 120_000;
/** Of the account's limit that a sale may count on: other functions run, too. */
const SHARE_OF_CONCURRENCY = 0.8;

const check = (name: PreflightCheck, isGood: boolean | null, finding: string): Check => ({
  name,
  result: isGood === null ? "unknown" : isGood ? "go" : "no_go",
  finding,
});

/** Go or no-go for a sale. What could not be found out is said, and stops nothing: a person reads it. */
export function judgePreflight(facts: PreflightFacts): Preflight {
  // Of a draft no store knows: what they say of it tells nothing.
  const checks = isDraft(facts)
    ? [visibilityCheck(facts), ...storeChecks(facts)]
    : [visibilityCheck(facts), ...saleChecks(facts), ...storeChecks(facts), ...stageChecks(facts)];
  return { verdict: checks.some(({ result }) => result === "no_go") ? "no_go" : "go", checks };
}

const isDraft = ({ sale }: PreflightFacts) => sale.visibility === "draft";

const visibilityCheck = ({ sale: { visibility } }: PreflightFacts): Check =>
  check("visibility", visibility === "listed" || visibility === "unlisted", `the sale is ${visibility}`);

function saleChecks({ sale, gate, nowMs }: PreflightFacts): Check[] {
  const isOver = sale.endsAtMs !== null && nowMs >= sale.endsAtMs;
  const loaded = gate && gate.available + gate.held + gate.sold;
  return [
    check("sale", sale.state === "running" && !isOver, `the sale is ${isOver ? "over" : sale.state}`),
    check(
      "gate",
      gate !== null && !gate.isRecovering && gate.allocated === sale.allocated && loaded === sale.allocated,
      gate === null
        ? "the gate is lost or not loaded"
        : `${loaded} units in the gate for ${sale.allocated} allocated${gate.isRecovering ? ", recovering" : ""}`,
    ),
    check(
      "settings",
      gate === null ? null : gate.revision === sale.revision,
      `the gate goes by revision ${gate?.revision ?? "?"} of ${sale.revision}`,
    ),
    check(
      "clock",
      gate === null ? null : Math.abs(gate.nowMs - nowMs) < CLOCK_LIMIT_MS,
      gate === null
        ? "the gate's clock is not known"
        : `the gate's clock is ${Math.abs(gate.nowMs - nowMs)} ms away`,
    ),
  ];
}

function storeChecks({ deadLetters, ordersWaiting, guardianSeenAtMs, nowMs }: PreflightFacts): Check[] {
  const silentMs = guardianSeenAtMs === null ? null : nowMs - guardianSeenAtMs;
  return [
    check(
      "dead letters",
      deadLetters === null ? null : deadLetters === 0,
      `${deadLetters ?? "?"} dead letters`,
    ),
    check(
      "order queue",
      ordersWaiting === null ? null : ordersWaiting === 0,
      `${ordersWaiting ?? "?"} orders are waiting`,
    ),
    check(
      "guardian",
      silentMs !== null && silentMs < GUARDIAN_LIMIT_MS,
      silentMs === null ? "no guardian was ever seen" : `seen ${Math.round(silentMs / 1000)} s ago`,
    ),
  ];
}

function stageChecks({ stage, sale, nowMs }: PreflightFacts): Check[] {
  if (!stage) return [check("quotas, alarms and warmth", null, "not known here: ask the deployed stage")];
  const needed = environmentsFor(stage.attemptsPerSecond);
  const usable = Math.floor(stage.concurrencyLimit * SHARE_OF_CONCURRENCY);
  const unarmed = stage.alarms.filter(({ isArmed }) => !isArmed);
  const ringing = stage.alarms.filter(({ state }) => state === "ALARM");
  const list = (alarms: typeof unarmed) => alarms.map(({ name }) => name).join(", ");
  const { requested, available } = stage.warm;
  const crowd = { units: sale.allocated, attemptsPerSecond: stage.attemptsPerSecond };
  const tooSmall = whyTooSmall(stage.gateInstance, crowd);
  return [
    check(
      "gate size",
      tooSmall === null,
      tooSmall
        ? `${tooSmall}: deploy a larger gate, see "The day before a sale" in docs/deploying.md`
        : `${stage.gateInstance} for ${sale.allocated} units and ${stage.attemptsPerSecond} attempts a second`,
    ),
    check("concurrency", usable >= needed, `${needed} executions needed, ${usable} may be counted on`),
    check(
      "API rate",
      stage.apiRateLimit >= stage.attemptsPerSecond,
      `${stage.attemptsPerSecond} attempts a second expected, ${stage.apiRateLimit} let through`,
    ),
    check(
      "alarms",
      stage.alarms.length > 0 && unarmed.length === 0 && ringing.length === 0,
      stage.alarms.length === 0
        ? "the stage has no alarms"
        : `${stage.alarms.length} armed${unarmed.length > 0 ? `; not armed: ${list(unarmed)}` : ""}${
            ringing.length > 0 ? `; ringing: ${list(ringing)}` : ""
          }`,
    ),
    check(
      "warm",
      isNearOpening(sale, nowMs) ? available >= Math.min(requested, needed) && requested > 0 : null,
      isNearOpening(sale, nowMs)
        ? `${available} of ${requested} environments are warm`
        : "warmed from a quarter of an hour before the opening",
    ),
  ];
}
