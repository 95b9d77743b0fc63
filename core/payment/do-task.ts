import type { PaymentTask } from "../reservation/payment-task.ts";
import { capturePayment } from "./capture-payment.ts";
import { endHold } from "./end-hold.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { settlePayments } from "./settle-payments.ts";

/** Does what a message asks for; repeating it changes nothing. @throws when it must come again. */
export async function doTask(deps: PaymentDependencies, task: PaymentTask): Promise<void> {
  switch (task.task) {
    case "capture": {
      const entry = await deps.ledger.get(task.orderId, task.buyerId);
      if (entry) await capturePayment(deps, entry);
      return;
    }
    case "expire":
      await endHold(deps, task, { kind: "expire" });
      return;
    case "cancel":
      await endHold(deps, task, { kind: "cancel", actorId: task.actorId, wishId: task.wishId });
      return;
    case "give_up":
    case "refund":
      // A message is given up after some receives; the list is not.
      await deps.open.add({ orderId: task.orderId, buyerId: task.buyerId }, deps.clock.nowMs());
      await settlePayments(deps, task);
      return;
    default:
      return task satisfies never;
  }
}
