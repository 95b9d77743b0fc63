import type { ProblemKind } from "../../core/contract/problem.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";

/** One answer that one buyer got: a line of the client log. */
export type ClientAnswer = {
  readonly buyerId: BuyerId;
  /** The Idempotency-Key: answers with the same one belong to the same intent. */
  readonly key: string;
  /** Units that were asked for. */
  readonly quantity: number;
  /** 0: no answer at all. */
  readonly status: number;
  readonly kind:
    "accepted" | "held" | "already_bought" | "rejected" | "no_answer" | "unreadable" | ProblemKind;
  readonly orderId: OrderId | null;
  readonly place: number | null;
  /** Units of the order that it names. */
  readonly orderQuantity: number | null;
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
};

const FINAL: ReadonlySet<ClientAnswer["kind"]> = new Set([
  "accepted",
  "held",
  "already_bought",
  "rejected",
  "sold_out",
  "ended",
  "not_open",
]);

/** Whether the buyer knows where they stand; otherwise they have to ask again with the same key. */
export const isFinal = ({ kind }: ClientAnswer): boolean => FINAL.has(kind);

/** Whether the answer says that the buyer holds the order it names. */
export const saysHeld = (
  answer: ClientAnswer,
): answer is ClientAnswer & {
  readonly orderId: OrderId;
  readonly place: number;
  readonly orderQuantity: number;
} =>
  (answer.kind === "accepted" || answer.kind === "already_bought") &&
  answer.orderId !== null &&
  answer.place !== null &&
  answer.orderQuantity !== null;
