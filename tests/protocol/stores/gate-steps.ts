import * as fc from "fast-check";
import { FAR_AHEAD_MS, LONG_AGO_MS } from "../../support/test-sale.ts";
import type { Settings, When } from "./gate.ts";

type OfRecovery = { readonly recoveryId: string; readonly fence: number };

/** One step in the life of a gate. Buyers, keys, orders and recoveries are few, so that they meet again. */
export type GateStep =
  | { readonly does: "reserve"; readonly buyer: number; readonly key: number; readonly quantity: number }
  | {
      readonly does: "adopt";
      readonly order: number;
      readonly buyer: number;
      readonly key: number;
      readonly quantity: number;
    }
  | { readonly does: "settle"; readonly order: number; readonly left: number; readonly withheld: number }
  | { readonly does: "configure"; readonly when: When; readonly age: number; readonly settings: Settings }
  | ({ readonly does: "begin" } & OfRecovery)
  | ({ readonly does: "fill"; readonly keeps: number } & OfRecovery)
  | ({ readonly does: "resume"; readonly age: number; readonly settings: Settings } & OfRecovery)
  | { readonly does: "clear"; readonly order: number }
  | { readonly does: "lose" | "end_restock" };

export const settings: fc.Arbitrary<Settings> = fc.record({
  state: fc.constantFrom(...Array<"running">(5).fill("running"), "paused" as const, "ended" as const),
  allocated: fc.integer({ min: 1, max: 6 }),
  purchaseLimit: fc.integer({ min: 1, max: 3 }),
  startsAtMs: fc.constantFrom(LONG_AGO_MS, LONG_AGO_MS, LONG_AGO_MS, LONG_AGO_MS + 1, FAR_AHEAD_MS),
  endsAtMs: fc.constantFrom(null, null, null, FAR_AHEAD_MS + 1, LONG_AGO_MS + 2),
});

/** Of a sale that goes on, so that most lives have something in them. */
export const openSettings = settings.map((some) => ({
  ...some,
  state: "running" as const,
  startsAtMs: LONG_AGO_MS,
  endsAtMs: null,
}));

const does = <const Does extends string>(name: Does) => fc.constant(name);
const small = { buyer: fc.nat(2), key: fc.nat(3), quantity: fc.integer({ min: 1, max: 2 }) };
const order = fc.nat(5);
const ofRecovery = { recoveryId: fc.constantFrom("first", "second"), fence: fc.constantFrom(1, 2, 2) };
/** Mostly the next revision; sometimes the present one or an older one. */
const age = fc.constantFrom(1, 1, 1, 0, -1);
const when = fc.constantFrom("committed" as const, "first" as const, "before_opening" as const);

const step: fc.Arbitrary<GateStep> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ does: does("reserve"), ...small }) },
  { weight: 6, arbitrary: fc.record({ does: does("adopt"), order: fc.nat(15), ...small }) },
  {
    weight: 8,
    arbitrary: fc.record({ does: does("settle"), order, left: fc.nat(2), withheld: fc.nat(1) }),
  },
  { weight: 4, arbitrary: fc.record({ does: does("configure"), when, age, settings }) },
  { weight: 3, arbitrary: fc.record({ does: does("begin"), ...ofRecovery }) },
  { weight: 3, arbitrary: fc.record({ does: does("fill"), keeps: fc.nat(63), ...ofRecovery }) },
  { weight: 3, arbitrary: fc.record({ does: does("resume"), age, settings, ...ofRecovery }) },
  { weight: 2, arbitrary: fc.record({ does: does("clear"), order }) },
  { weight: 1, arbitrary: fc.record({ does: does("lose") }) },
  { weight: 2, arbitrary: fc.record({ does: does("end_restock") }) },
);

export const gateSteps = fc.array(step, { minLength: 1, maxLength: 40, size: "max" });
