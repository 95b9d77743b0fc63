import type { RehearsalPayment } from "../contract/rehearsal.ts";
import type { SalePayment } from "../contract/sale-payment.ts";

/** Of each unit, in the smallest part of the currency for tests: more than the least that the provider takes. */
export const REHEARSAL_PRICE_MINOR = 100;

/** The least that a sale may set. */
const FIRST_HOLD_SECONDS = 60;
const HOLD_SECONDS_EACH = 0.3;
/** A hold ends some seconds after its time, once the provider lets nobody pay any more. */
const GRACE_SECONDS = 30;

/** For so long that all have come, and who pays has paid, before the first hold ends. */
const holdSeconds = (buyers: number): number => FIRST_HOLD_SECONDS + Math.ceil(buyers * HOLD_SECONDS_EACH);

export const paymentOf = (payment: RehearsalPayment, buyers: number): SalePayment =>
  payment === "held" ? { kind: payment, holdSeconds: holdSeconds(buyers) } : { kind: "none" };

/** How long after its crowd a rehearsal waits for the holds that nobody paid for to end. */
export const holdsEndWithinMs = (payment: RehearsalPayment, buyers: number): number =>
  payment === "held" ? (holdSeconds(buyers) + GRACE_SECONDS) * 1_000 : 0;

/** What somebody does about a unit that is held for them. */
export type Holder = "pays" | "declined_first" | "never_opens" | "opens_and_leaves";

/** In turn: of six who hold a unit four pay, one of them with a second card, and two never do. */
const HOLDERS: readonly Holder[] = [
  "pays",
  "never_opens",
  "declined_first",
  "opens_and_leaves",
  "pays",
  "pays",
];

/** What the next one does, the first of all being number 0. */
export const holderOf = (number: number): Holder => HOLDERS[number % HOLDERS.length] ?? "pays";
