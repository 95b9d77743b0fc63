import type { Reservation } from "../../../core/reservation/reservation.ts";
import type { ReturnWish } from "../../../core/reservation/lifecycle.ts";
import { happening, type Operation, touching, write } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";

export type WishMessage = { readonly orderId: string; readonly wish: ReturnWish };
/** What a message is about: an order, or a wish about one. */
export type Message =
  | { readonly kind: "order"; readonly reservation: Reservation }
  | { readonly kind: "wish"; readonly wish: WishMessage };

type Copies = { readonly message: Message; readonly waiting: number; readonly taken: number };
/** Name of a message → its epoch → how often it waits, and is being worked on. */
export type Queue = Readonly<Record<string, Readonly<Record<string, Copies>>>>;

/** More copies that wait tell nothing new. */
const MOST_COPIES = 2;

export const nameOf = (message: Message): string =>
  message.kind === "order" ? message.reservation.orderId : message.wish.wish.wishId;

/** Messages of one order that differ by their epoch lie beside each other. */
const keyOf = (message: Message): string =>
  message.kind === "order" ? `${message.reservation.epoch}` : "wish";

export const messagesIn = (queue: Queue) => Object.values(queue).flatMap((slots) => Object.values(slots));
export const isQuiet = (queue: Queue): boolean =>
  messagesIn(queue).every(({ waiting, taken }) => waiting + taken === 0);

function moved(queue: Queue, message: Message, waiting: number, taken: number): Queue {
  const [name, key] = [nameOf(message), keyOf(message)];
  const before = queue[name]?.[key] ?? { message, waiting: 0, taken: 0 };
  const after = {
    message,
    waiting: Math.min(MOST_COPIES, before.waiting + waiting),
    taken: before.taken + taken,
  };
  const { [key]: _, ...others } = queue[name] ?? {};
  const slots = after.waiting + after.taken === 0 ? others : { ...others, [key]: after };
  if (Object.keys(slots).length > 0) return { ...queue, [name]: slots };
  const { [name]: __, ...rest } = queue;
  return rest;
}

/** The order queue as a model; `queue.property.int.test.ts` holds it to SQS. */
export const queueOperations = {
  send: touching(
    { adds: ["queue.waiting"] },
    write<Queue, Message, "sent">(
      "queue",
      (message, queue) => ["sent", moved(queue, message, 1, 0)],
      (message) => `sends ${nameOf(message)} to the queue`,
    ),
  ),
  /** Any message that waits; the caller waits for one. */
  receive: {
    kind: "certain",
    on: ["queue"],
    touches: { writes: ["queue.waiting"], adds: ["queue.taken"] },
    run: (_: null, queue: Queue) =>
      messagesIn(queue)
        .filter(({ waiting }) => waiting > 0)
        .map(({ message }) => ({ reply: message, next: [moved(queue, message, -1, 1)] })),
    sentence: (_, reply) => `gets the message of ${nameOf(reply)}`,
  } satisfies Operation<null, Message>,
  /** A message that comes again later, whatever is done with it now: it stays. */
  receiveCopy: {
    kind: "certain",
    on: ["queue"],
    run: (_: null, queue: Queue) =>
      messagesIn(queue).map(({ message }) => ({ reply: message, next: [queue] })),
    sentence: (_, reply) => `gets the message of ${nameOf(reply)}, which will come once more`,
  } satisfies Operation<null, Message>,
  /** One that fails is one more copy. */
  delete: touching(
    { adds: ["queue.taken"] },
    happening<Queue, Message, "deleted">(
      "queue",
      (message, queue) => ["deleted", moved(queue, message, 0, -1)],
      (message) => `deletes the message of ${nameOf(message)}`,
    ),
  ),
  /** Its visibility time-out is over. */
  comesAgain: touching(
    { adds: ["queue.waiting", "queue.taken"] },
    happening<Queue, Message, "waits">(
      "queue",
      (message, queue) => ["waits", moved(queue, message, 1, -1)],
      (message) => `leaves the message of ${nameOf(message)} to come again`,
    ),
  ),
};

export const queue = callsOf<typeof queueOperations>("queue");
