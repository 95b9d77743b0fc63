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
  | "in force is what the gate says"
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
  | "counted entries are marked"
  | "held has one door"
  | "units of a hold are given back last"
  | "only a counted hold is payable"
  | "whoever ends a hold asks the provider first"
  | "a payment is written down before it is made"
  | "where to pay is told while the hold stands"
  | "a second payment is let go"
  | "an order is placed before its money is asked for"
  | "units of a failed order come back"
  | "one attempt has one key"
  | "a hold stays one through a rebuild"
  | "a refund has one key"
  | "what went back elsewhere is told"
  | "what is given late is told"
  | "what was paid another way does not fail again"
  | "a hold that ended has a row"
  | "an open wish is sent again"
  | "a refused capture is read again"
  | "a join is answered only in time"
  | "a list is read later than a join can run"
  | "a line is put once"
  | "pages lie under their root"
  | "a step is in the log before the gate is told"
  | "the gate looks at the key before the turn"
  | "a gate that was not told asks to wait"
  | "what was bought is told before anybody buys"
  | "an adopted order counts in its turn"
  | "an adoption keeps to the entry's quantity"
  | "units are counted in one look"
  | "a draw passes on what nobody can buy"
  | "an adoption takes nothing that was passed on"
  | "only what was recorded is removed"
  | "an archive leaves a gate that goes on";

/** Whether a mechanism is on. */
export type Rules = (rule: Rule) => boolean;

export const allRules: Rules = () => true;
/** What was built on a mechanism goes with it. */
const builtOn: Partial<Record<Rule, readonly Rule[]>> = {
  "a revision is given once": ["the gate is asked first only for less", "in force is what the gate says"],
};

export const without =
  (off: Rule): Rules =>
  (rule) =>
    rule !== off && !builtOn[off]?.includes(rule);
