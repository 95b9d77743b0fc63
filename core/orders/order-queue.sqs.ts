import type { Sqs } from "../aws/connect.sqs.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { PaymentReport } from "../reservation/payment-task.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Wish } from "../reservation/wish.ts";
import { messageOf } from "./order-message.sqs.ts";

/** SQS's limit of one SendMessageBatch. */
const BATCH_MESSAGES = 10;

export type QueueDepth = { readonly waiting: number; readonly inFlight: number };
export type OrderQueue = ReturnType<typeof createOrderQueue>;

/** The queue between the ledger and PostgreSQL. Each method throws when SQS refuses or does not answer in time. */
export function createOrderQueue(queue: Sqs) {
  return {
    /** Publishes a reservation that is in the ledger. After an error, SQS may have taken it all the same. */
    async send(reservation: Reservation): Promise<void> {
      await queue.send("SendMessage", messageOf(reservation));
    },

    /** Publishes a wish that is in the ledger. After an error, SQS may have taken it all the same; it is decided once. */
    async sendWish(wish: Wish): Promise<void> {
      await queue.send("SendMessage", { MessageBody: JSON.stringify(wish) });
    },

    /** Publishes what became of a hold, once the ledger has it. After an error, SQS may have taken it all the same. */
    async sendDecided(reservation: Reservation, events: readonly ReservationEvent[]): Promise<void> {
      await queue.send("SendMessage", messageOf(reservation, events));
    },

    /** Publishes what the provider said to a capture. After an error, SQS may have taken it all the same. */
    async sendReport(report: PaymentReport): Promise<void> {
      await queue.send("SendMessage", { MessageBody: JSON.stringify(report) });
    },

    /** Publishes several; answers those that SQS surely took. */
    async sendAll(reservations: readonly Reservation[]): Promise<Reservation[]> {
      const sent: Reservation[] = [];
      for (let i = 0; i < reservations.length; i += BATCH_MESSAGES) {
        const batch = reservations.slice(i, i + BATCH_MESSAGES);
        const Entries = batch.map((reservation) => ({ Id: reservation.orderId, ...messageOf(reservation) }));
        const answer = await queue.send("SendMessageBatch", { Entries });
        const taken = new Set(answer.Successful?.map((result) => result.Id));
        sent.push(...batch.filter((reservation) => taken.has(reservation.orderId)));
      }
      return sent;
    },

    /** Messages in the queue, approximately, as SQS counts them. */
    async depth(): Promise<QueueDepth> {
      const answer = await queue.send("GetQueueAttributes", {
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      });
      return {
        waiting: Number(answer.Attributes?.ApproximateNumberOfMessages ?? 0),
        inFlight: Number(answer.Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
      };
    },
  };
}
