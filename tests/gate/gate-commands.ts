import * as fc from "fast-check";
import { FAR_AHEAD_MS, LONG_AGO_MS } from "../support/test-sale.ts";

type When = "committed" | "first" | "before_opening";

/** One step of a random life of a gate; buyers, keys and orders by small numbers, so that they meet again. */
export type GateCommand =
  | { readonly does: "attempt"; readonly buyer: number; readonly key: number; readonly quantity: number }
  | {
      readonly does: "state";
      readonly state: "running" | "paused" | "ended";
      readonly age: number;
      readonly when: When;
    }
  | { readonly does: "allocate"; readonly allocated: number; readonly age: number; readonly when: When }
  | { readonly does: "limit"; readonly purchaseLimit: number }
  | { readonly does: "payment"; readonly holdSeconds: number; readonly age: number; readonly when: When }
  | {
      readonly does: "schedule";
      readonly startsAtMs: number;
      readonly endsAtMs: number | null;
      readonly when: When;
    }
  | { readonly does: "adopt"; readonly buyer: number; readonly n: number; readonly quantity: number }
  | { readonly does: "adopt_known" | "adopt_dropped" | "clear"; readonly order: number }
  | { readonly does: "settle"; readonly order: number; readonly unitsLeft: number }
  | { readonly does: "settle_dropped"; readonly order: number }
  | { readonly does: "begin" }
  /** Rebuilds without one of the orders, by the latest recovery (0) or an earlier one, with newer or older settings. */
  | {
      readonly does: "reopen";
      readonly earlier: number;
      readonly drop: number;
      readonly age: number;
      readonly allocated: number;
    }
  | { readonly does: "pass_restock" };

export const BUYERS = 3;
const buyer = fc.nat(BUYERS - 1);
const quantity = fc.constantFrom(1, 1, 1, 2, 3);
const order = fc.nat(15);
const allocated = fc.integer({ min: 1, max: 12 });
const when = fc.constantFrom<When>("committed", "first", "first", "before_opening");
/** Mostly the next revision; sometimes the present one again (0) or an older one. */
const age = fc.constantFrom(1, 1, 1, 0, -1);
const does = <const Does extends string>(name: Does) => fc.constant(name);

const change: fc.Arbitrary<GateCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: does("state"),
      state: fc.constantFrom("running" as const, "running" as const, "paused" as const, "ended" as const),
      age,
      when,
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: does("allocate"), allocated, age, when }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: does("limit"),
      purchaseLimit: fc.constantFrom(1, 1, 2, 3, 6),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: does("schedule"),
      startsAtMs: fc.constantFrom(LONG_AGO_MS, LONG_AGO_MS, LONG_AGO_MS, FAR_AHEAD_MS),
      endsAtMs: fc.constantFrom(null, null, FAR_AHEAD_MS + 1, LONG_AGO_MS + 1),
      when,
    }),
  },
);

const payment = fc.record({
  does: does("payment"),
  holdSeconds: fc.constantFrom(0, 60, 600),
  age,
  when,
});

const recovery: fc.Arbitrary<GateCommand> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: does("begin") }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: does("reopen"),
      earlier: fc.constantFrom(0, 0, 0, 1, 2),
      drop: order,
      age: fc.constantFrom(0, 0, 1, -1),
      allocated,
    }),
  },
);

const command: fc.Arbitrary<GateCommand> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ does: does("attempt"), buyer, key: fc.nat(9), quantity }) },
  { weight: 11, arbitrary: change },
  { weight: 3, arbitrary: payment },
  {
    weight: 3,
    arbitrary: fc.record({ does: does("adopt"), buyer, n: fc.integer({ min: 1, max: 4 }), quantity }),
  },
  { weight: 2, arbitrary: fc.record({ does: does("adopt_known"), order }) },
  { weight: 2, arbitrary: fc.record({ does: does("adopt_dropped"), order }) },
  { weight: 3, arbitrary: fc.record({ does: does("clear"), order }) },
  {
    weight: 10,
    arbitrary: fc.record({ does: does("settle"), order, unitsLeft: fc.constantFrom(0, 0, 0, 1, 2) }),
  },
  { weight: 1, arbitrary: fc.record({ does: does("settle_dropped"), order }) },
  { weight: 5, arbitrary: recovery },
  { weight: 3, arbitrary: fc.record({ does: does("pass_restock") }) },
);

export const gateCommands = fc.array(command, { minLength: 1, maxLength: 60, size: "max" });
