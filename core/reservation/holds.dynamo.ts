import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import { parseEvent } from "./event-item.ts";
import { eventKey, paymentIdKey, paymentKey } from "./ledger-key.ts";
import type { ReservationEvent } from "./lifecycle.ts";
import type { PaymentAttempt } from "./payment-attempt.ts";
import type { Reservation } from "./reservation.ts";

/** How often one put is sent before its answer is given up. */
const MOST_TRIES = 3;

/** The ledger's part in the life of a reservation that is to be paid for. */
export function createHolds(client: Dynamo, table: string) {
  /** The same put, until it is answered. @throws when it never is: it may have happened all the same. */
  async function putUntilAnswered(item: Readonly<Record<string, unknown>>): Promise<"written" | "present"> {
    for (let tries = 1; ; tries++) {
      try {
        return await putOnce(client, table, item);
      } catch (error) {
        if (tries === MOST_TRIES) throw error;
      }
    }
  }

  return {
    /**
     * The one door out of `held`: puts the first event of a reservation, if it has none.
     *
     * A try that was not answered may have put it, and the next one is refused by it: so the ids are compared, and never
     * the answers.
     *
     * @returns the event that is there now: the given one, or that of whoever came first.
     * @throws when the ledger does not answer: the event may be there. Repeating is right.
     */
    async decideHold(
      { orderId, buyerId }: Pick<Reservation, "orderId" | "buyerId">,
      event: ReservationEvent,
    ): Promise<ReservationEvent> {
      if (event.number !== 1) throw new Error(`event ${event.number} is not the first`);
      const key = eventKey(orderId, buyerId, 1);
      if ((await putUntilAnswered({ ...key, ...event })) === "written") return event;
      const { Item } = await client.get({ TableName: table, Key: key, ConsistentRead: true });
      if (!Item) throw new Error(`the first event of ${orderId} refused another, and is not there`);
      return parseEvent(Item);
    },

    /** Records that a payment is about to be opened. "present": this attempt was opened before, by somebody. */
    openPayment: (
      { orderId, buyerId }: Pick<Reservation, "orderId" | "buyerId">,
      attempt: PaymentAttempt,
    ): Promise<"written" | "present"> =>
      putUntilAnswered({ ...paymentKey(orderId, buyerId, attempt.attempt), ...attempt }),

    /** Records what the provider calls an attempt that was opened. Repeating it changes nothing. */
    async namePayment(
      { orderId, buyerId }: Pick<Reservation, "orderId" | "buyerId">,
      attempt: number,
      paymentId: string,
    ): Promise<void> {
      await putUntilAnswered({ ...paymentIdKey(orderId, buyerId, attempt), attempt, paymentId });
    },
  };
}
