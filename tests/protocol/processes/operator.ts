import type { ReturnWish } from "../../../core/reservation/lifecycle.ts";
import type { Ending, Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { gate } from "../stores/gate-operations.ts";
import { ledger } from "../stores/ledger.ts";
import { queue } from "../stores/queue.ts";

export type WishArgs = { readonly orderId: string; readonly wish: ReturnWish };

/** An operator who wishes to take units of an order back: a message, and the consumer decides. */
export const wishRole = (rules: Rules) =>
  function* wish({ orderId, wish: asked }: WishArgs): Work<Ending> {
    if (!rules("a wish is decided by the consumer")) {
      const entry = yield* ledger.get({ orderId });
      if (!entry) return;
      const unitsLeft = entry.state.unitsLeft - asked.units;
      const { buyerId } = entry.reservation;
      yield* gate.settle({ buyerId, orderId: entry.reservation.orderId, unitsLeft, unitsWithheld: 0 });
    }
    yield* queue.send({ kind: "wish", wish: { orderId, wish: asked } });
  };
