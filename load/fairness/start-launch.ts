import type { SaleMode } from "../../core/contract/sale-mode.ts";
import { createSale } from "../create-sale.ts";
import { localSession } from "../local-session.ts";
import { createCaller } from "./caller.ts";
import { type LaunchPlan, nameOf } from "./launch-plan.ts";
import type { Guest, Launch } from "./launch.ts";
import { type PeoplePlan, planPeople } from "./people.ts";

export type CrowdSize = PeoplePlan & { readonly units: number };

/** The contract's least time between the end of joining and the opening. */
const CLOSES_BEFORE_MS = 120_000;
const RESULT_AFTER_MS = 30_000;
const TURN_SECONDS = 90;
const LIST_SECONDS = 10;
/** The room lets in all that may buy in so many seconds. */
const ADMITTED_WITHIN_SECONDS = 10;
/** Attempts of one buyer in ten seconds: the product's default, and as good as none. */
const ATTEMPTS = { on: 10, off: 10_000 };
const CONNECTIONS = 8;

/**
 * Makes the sale of a launch, and signs its guests in. Joining ended two minutes before the opening, as the contract asks; the
 * list closes all the same only when a guardian looks, which is why none runs while people join.
 */
export async function startLaunch(
  apiUrl: string,
  plan: LaunchPlan,
  size: CrowdSize,
  opensInMs: number,
): Promise<Launch> {
  const startsAtMs = Date.now() + opensInMs;
  const saleId = await createSale(apiUrl, {
    name: `Fairness: ${nameOf(plan)}`,
    allocated: size.units,
    startsAt: iso(startsAtMs),
    attemptLimit: plan.hasDefences ? ATTEMPTS.on : ATTEMPTS.off,
    mode: modeOf(plan, size.units, startsAtMs),
  });
  const guests = planPeople(size).map((person): Guest => ({
    ...person,
    buyer: localSession(),
    quantity: 1,
    entry: null,
    toldTurn: null,
  }));
  const honest = createCaller(apiUrl, CONNECTIONS);
  // In an open sale all come by one way, first come, first sent: else this client would hold the bots up for the honest.
  const bots = plan.mode === "open" ? honest : createCaller(apiUrl, CONNECTIONS);
  const callers = { honest, bots };
  const { units } = size;
  return { plan, apiUrl, saleId, units, startsAtMs, guests, callers, log: [], solutions: [], faults: [] };
}

const iso = (ms: number) => new Date(ms).toISOString();

function modeOf({ mode }: LaunchPlan, units: number, startsAtMs: number): SaleMode {
  const closesAtMs = startsAtMs - CLOSES_BEFORE_MS;
  switch (mode) {
    case "open":
      return { kind: "open" };
    case "waiting_room":
      return {
        kind: "waiting_room",
        closesAt: iso(closesAtMs),
        listSeconds: LIST_SECONDS,
        turnSeconds: TURN_SECONDS,
        admissionsPerSecond: Math.max(1, Math.ceil(units / ADMITTED_WITHIN_SECONDS)),
        mostInside: units,
      };
    case "draw":
      return {
        kind: "draw",
        closesAt: iso(closesAtMs),
        resultAt: iso(closesAtMs + RESULT_AFTER_MS),
        turnSeconds: TURN_SECONDS,
      };
    default:
      return mode satisfies never;
  }
}
