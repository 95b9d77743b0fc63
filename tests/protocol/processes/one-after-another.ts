import type { Operation } from "../engine/operation.ts";
import { type Call, callsOf, type Ending, Unanswered, type Work } from "../engine/process.ts";
import type { PurchaseArgs } from "./purchase.ts";

export const chanceOperations = {
  /** Whether the function dies here. */
  dies: {
    kind: "certain",
    on: [],
    touches: {},
    run: () => [
      { reply: false, next: [] },
      { reply: true, next: [] },
    ],
    sentence: (_, reply) => (reply ? "dies" : ""),
  } satisfies Operation<null, boolean>,
};

const chance = callsOf<typeof chanceOperations>("chance");

/** Where dying makes a difference: before the gate nothing has happened, and a look at a clock changes nothing. */
const matters = ({ does }: Call) => does !== "gate.reserve" && !does.startsWith("time.");

/** A buyer who asks again and again, each time once the last purchase has ended or died. */
export const purchasesRole = (purchase: (attempt: PurchaseArgs) => Work<Ending>) =>
  function* purchases({ attempts }: { readonly attempts: readonly PurchaseArgs[] }): Work<Ending> {
    const [first, ...rest] = attempts;
    if (!first) return {};
    const ending = yield* unlessItDies(purchase(first));
    return { statements: ending?.statements ?? [], goesOn: { role: "purchases", args: { attempts: rest } } };
  };

function* unlessItDies(work: Work<Ending>): Work<Ending> {
  try {
    for (let next = work.next(); ;) {
      if (next.done) return next.value;
      if (matters(next.value) && (yield* chance.dies(null))) return {};
      next = yield* answered(work, next.value);
    }
  } catch (error) {
    if (error instanceof Unanswered) return {};
    throw error;
  }
}

function* answered(work: Work<Ending>, call: { readonly does: string; readonly args: unknown }) {
  let reply: unknown;
  try {
    reply = yield call;
  } catch (error) {
    return work.throw(error);
  }
  return work.next(reply);
}
