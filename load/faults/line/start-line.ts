import type { SaleMode } from "../../../core/contract/sale-mode.ts";
import { createSale } from "../../create-sale.ts";
import { createCaller } from "../../fairness/caller.ts";
import type { Guest, Launch } from "../../fairness/launch.ts";
import { localSession } from "../../local-session.ts";
import type { FaultRun } from "../fault.ts";
import type { LineFault } from "./line-fault.ts";

/** Long enough for everybody to join before; the contract asks for two minutes from the end of joining. */
const OPENS_IN_MS = 12_000;
const CLOSES_BEFORE_MS = 120_000;
const RESULT_AFTER_MS = 30_000;
const LIST_SECONDS = 10;
const TURN_SECONDS = 90;
/** A few steps, each of some people. */
const ADMISSIONS_PER_SECOND = 6;
const MOST_INSIDE = 12;
const PEOPLE = 36;
const UNITS = 24;
/** The others are in the slower lane. */
const SOLVES_EVERY = 4;
const CONNECTIONS = 12;
const ATTEMPT_LIMIT = 1_000;

/** A sale with a line whose joining has ended, and which closes when a guardian first looks; and those who will join it. */
export async function startLine(apiUrl: string, run: FaultRun<LineFault>): Promise<Launch> {
  const { fault, purchaseLimit } = run;
  const { mode, units = UNITS * (purchaseLimit === 1 ? 1 : 2), people = PEOPLE } = fault;
  const startsAtMs = Date.now() + OPENS_IN_MS;
  const saleId = await createSale(apiUrl, {
    name: fault.name,
    allocated: units,
    purchaseLimit,
    attemptLimit: ATTEMPT_LIMIT,
    startsAt: iso(startsAtMs),
    mode: modeOf(fault, startsAtMs),
  });
  const guests = Array.from({ length: people }, (_, i): Guest => ({
    kind: "honest",
    solves: i % SOLVES_EVERY === 0,
    reactionMs: (i % 5) * 100,
    address: "127.0.0.1",
    buyer: localSession(),
    quantity: 1 + (i % purchaseLimit),
    entry: null,
    toldTurn: null,
  }));
  const caller = createCaller(apiUrl, CONNECTIONS);
  const plan = { mode, hasDefences: true, breakage: null };
  const callers = { honest: caller, bots: caller };
  return { plan, apiUrl, saleId, units, startsAtMs, guests, callers, log: [], solutions: [], faults: [] };
}

const iso = (ms: number) => new Date(ms).toISOString();

function modeOf({ mode, turnSeconds = TURN_SECONDS }: LineFault, startsAtMs: number): SaleMode {
  const closesAtMs = startsAtMs - CLOSES_BEFORE_MS;
  const common = { closesAt: iso(closesAtMs), turnSeconds };
  switch (mode) {
    case "waiting_room":
      return {
        kind: mode,
        ...common,
        listSeconds: LIST_SECONDS,
        admissionsPerSecond: ADMISSIONS_PER_SECOND,
        mostInside: MOST_INSIDE,
      };
    case "draw":
      return { kind: mode, ...common, resultAt: iso(closesAtMs + RESULT_AFTER_MS) };
    default:
      return mode satisfies never;
  }
}
