import * as fc from "fast-check";
import { expect, test } from "vitest";
import { newOrderId } from "../../../core/ids.ts";
import { testGate } from "../../gate/test-gate.ts";
import { testStores } from "../../support/stores.ts";
import { aBuyer, NOW_MS } from "../../support/test-sale.ts";
import { allRules } from "../rules.ts";
import { lineClockBegins } from "./line-clock.ts";
import { lineGate, lineGateOperations, type LineGate } from "./line-gate.ts";

const stores = await testStores();
const { gate, load, reserve } = testGate(stores.redisUrl);
const operations = lineGateOperations(allRules);

const UNITS = 2;
const LIFE = { epoch: 1 };
/** So far, a step holds, and a lapse; the other way it never does. */
const [LONG_AGO_MS, NEVER_MS] = [1, 4_000_000_000_000];
const rank = (place: number) => `00000000.0.${String(place).repeat(64)}`;
/** Step n is for the person at place n. */
const rangeOf = (step: number) => ({ after: step === 1 ? "" : rank(step - 1), upTo: rank(step) });

const person = fc.integer({ min: 1, max: 3 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("reserve" as const),
      person,
      step: person,
      key: fc.constantFrom("a", "b"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("tell" as const), lapsed: fc.integer({ min: 0, max: 2 }) }),
  },
);

/** What time says: all that was told of steps 1 and 2 holds, step 3 does not hold yet. */
const clock = { ...lineClockBegins, holds: 2, lapsed: 2 };

test("the gate says of a line what its model says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const sale = await load({
        allocated: UNITS,
        purchaseLimit: 3,
        mode: {
          kind: "waiting_room",
          closesAt: new Date(0).toISOString(),
          listSeconds: 30,
          turnSeconds: 300,
          admissionsPerSecond: 1,
          mostInside: 1,
        },
      });
      const buyers = [1, 2, 3].map(() => aBuyer());
      let model: LineGate = { ...lineGate(UNITS)!, lineEpoch: 0 };
      for (const action of steps) {
        if (action.does === "tell") {
          const rows = [1, 2, 3].map((n) => ({ step: n, ...rangeOf(n), isLapsed: n <= action.lapsed }));
          const asked = { ...LIFE, rows, lapsedSteps: action.lapsed, bought: [] };
          const { reply, next } = operations.tend.run(asked, model, clock)[0]!;
          model = next[0] as LineGate;
          const tended = await gate.tendLine({
            saleId: sale.saleId,
            fence: 1,
            ...LIFE,
            steps: 3,
            lapsedSteps: action.lapsed,
            lapsesAfterMs: 305_000,
            lapsesFromMs: 0,
            rows: rows.map(({ step: number, after, upTo, isLapsed }) => ({
              step: number,
              after,
              upTo,
              quantityAtMost: 255,
              people: 1,
              holdsFromMs: number === 3 ? NEVER_MS : LONG_AGO_MS,
              lapsesAtMs: isLapsed ? LONG_AGO_MS : null,
            })),
            bought: [],
            isWhole: true,
          });
          if (tended.kind !== "tended" || reply.kind !== "tended") throw new Error(tended.kind);
          expect(tended.available).toBe(reply.available);
          expect(tended.live.map(({ step: number, units }) => ({ step: number, units }))).toEqual(reply.live);
          continue;
        }
        const orderId = newOrderId(sale.saleId, NOW_MS);
        const buyer = buyers[action.person - 1]!;
        const asked = {
          orderId,
          buyer,
          key: `${buyer} ${action.key}`,
          step: action.step,
          rank: rank(action.person),
        };
        const { reply, next } = operations.reserve.run(asked, model, clock)[0]!;
        model = next[0] as LineGate;
        const real = await reserve(sale.saleId, {
          buyerId: buyer,
          key: action.key,
          orderId,
          turn: { step: action.step, rank: rank(action.person), list: 0, leaf: "ab".repeat(32), quantity: 1 },
        });
        expect(real.kind === "not_your_turn" ? real.reason : real.kind).toBe(reply.kind);
        if ("order" in reply && "orderId" in real) expect(real.orderId).toBe(reply.order.orderId);
      }
    }),
    { numRuns: 60 },
  );
});
