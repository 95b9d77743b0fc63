/**
 * The mechanisms that can be switched off in the models, each to see the story that it prevents. They are named by what
 * holds while they are on.
 */
export type Rule =
  | "numbers are given once"
  | "a key is remembered"
  | "a refusal is remembered"
  | "settle is absolute"
  | "settle only lowers"
  | "a recovery has an id"
  | "the gate knows the fence"
  | "PostgreSQL knows the fence"
  | "a revision is given once"
  | "settings are read under the lock"
  | "settings are compared"
  | "the gate is asked first only for less"
  | "closing is conditional on the revision"
  | "nobody waits for a decision when a sale is closed"
  | "pending until counted"
  | "the record is read again after the mark"
  | "an order is accepted only in time"
  | "the gate drains"
  | "the outbox is relayed first"
  | "marked before told"
  | "a wish is decided by the consumer"
  | "units are given back last"
  | "the epoch is in the record first"
  | "adoption holds for its epoch only"
  | "the message is deleted last"
  | "counted entries are marked";

/** Whether a mechanism is on. */
export type Rules = (rule: Rule) => boolean;

export const allRules: Rules = () => true;
export const without =
  (off: Rule): Rules =>
  (rule) =>
    rule !== off;
