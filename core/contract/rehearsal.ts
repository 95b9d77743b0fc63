import * as v from "valibot";
import { buyerId, orderId, rehearsalId, saleId } from "./ids.ts";
import { count, instant } from "./sale.ts";
import { storableLine, storableText } from "./text.ts";

/**
 * What goes wrong in a rehearsal's midst; each touches its own sale alone. redis_loss: the keys of its gate are removed.
 * sent_twice: every purchase is sent twice at once. answers_lost: a third of the answers is thrown away, and asked for again.
 * pause: the sale is paused and resumed.
 */
export const rehearsalFaults = ["none", "redis_loss", "sent_twice", "answers_lost", "pause"] as const;
export type RehearsalFault = (typeof rehearsalFaults)[number];

export const rehearsalModes = ["open", "waiting_room", "draw"] as const;
export type RehearsalMode = (typeof rehearsalModes)[number];

/** none: its sale is free. held: units are held while a part of the crowd pays, and another never does. */
export const rehearsalPayments = ["none", "held"] as const;
export type RehearsalPayment = (typeof rehearsalPayments)[number];

/** waiting: its crowd has not begun. purging: it is judged, and what it left is being removed. done: nothing of it is left. */
export const rehearsalStates = ["waiting", "selling", "purging", "done"] as const;
export type RehearsalState = (typeof rehearsalStates)[number];

const between = (least: number, most: number) =>
  v.pipe(
    v.number("must be a whole number"),
    v.integer("must be a whole number"),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );

export const MOST_REHEARSAL_BUYERS = 1_000;

/** In a line whose purchases are all sent twice: the firewall lets no more of them through before their turns end. */
export const MOST_SENT_TWICE_IN_LINE = 500;

/** Where they pay: each asks the provider several times, which lets few through in a second in its test mode. */
export const MOST_PAYING_BUYERS = 100;

const rehearsalSettings = v.strictObject({
  /** People who come at once; each wants one unit. */
  buyers: between(1, MOST_REHEARSAL_BUYERS),
  units: between(1, MOST_REHEARSAL_BUYERS),
  fault: v.picklist(rehearsalFaults, `must be one of ${rehearsalFaults.join(", ")}`),
  /** How its sale lets people in. With a line the crowd joins it, waits, and buys in turn: three to six minutes more. */
  mode: v.optional(v.picklist(rehearsalModes, `must be one of ${rehearsalModes.join(", ")}`), "open"),
  /** Whether its units are paid for: in the provider's test mode alone, so that no money moves. Two to three minutes more. */
  payment: v.optional(
    v.picklist(rehearsalPayments, `must be one of ${rehearsalPayments.join(", ")}`),
    "none",
  ),
});

/** Send an Idempotency-Key: repeating the request is the same rehearsal. */
export const startRehearsalRequest = v.pipe(
  rehearsalSettings,
  v.forward(
    v.check(
      ({ buyers, fault, mode }) =>
        fault !== "sent_twice" || mode === "open" || buyers <= MOST_SENT_TWICE_IN_LINE,
      `must be at most ${MOST_SENT_TWICE_IN_LINE} where each purchase is sent twice in a line`,
    ),
    ["buyers"],
  ),
  v.forward(
    v.check(
      ({ buyers, payment }) => payment === "none" || buyers <= MOST_PAYING_BUYERS,
      `must be at most ${MOST_PAYING_BUYERS} where units are paid for`,
    ),
    ["buyers"],
  ),
);
export type StartRehearsalRequest = v.InferOutput<typeof startRehearsalRequest>;

/** One law, with both sides of its equation by exact count. */
export const rehearsalLaw = v.object({ law: v.string(), left: count, right: count, holds: v.boolean() });
export type RehearsalLaw = v.InferOutput<typeof rehearsalLaw>;

export const rehearsalVerdict = v.object({
  /** Whether the crowd ran to its end and every law holds. */
  isGo: v.boolean(),
  /** Why it could not be judged; null: it was. */
  notJudged: v.nullable(v.string()),
  laws: v.array(rehearsalLaw),
  /** What the crowd was told at last, by kind. */
  answers: v.record(v.string(), count),
  /** From the first request until the last final answer. */
  crowdMs: count,
});
export type RehearsalVerdict = v.InferOutput<typeof rehearsalVerdict>;

export const rehearsal = v.object({
  rehearsalId,
  /** Of the sale made for it, which is gone once the rehearsal is done. */
  saleId: v.nullable(saleId),
  ...rehearsalSettings.entries,
  state: v.picklist(rehearsalStates),
  verdict: v.nullable(rehearsalVerdict),
  startedBy: buyerId,
  startedAt: instant,
  doneAt: v.nullable(instant),
});
export type Rehearsal = v.InferOutput<typeof rehearsal>;

/** The last twenty, newest first. */
export const rehearsalList = v.object({ rehearsals: v.array(rehearsal) });
export type RehearsalList = v.InferOutput<typeof rehearsalList>;

/**
 * The last that one of the crowd was told. `kind`: of a purchase's answer or problem; `no_answer` if there was none. Of a line:
 * `no_turn` if it ended before theirs, `not_joined` if they did not get into it, `not_told` if they waited in vain.
 */
const crowdAnswer = v.strictObject({
  buyerId,
  kind: v.pipe(storableLine, v.maxLength(40)),
  orderId: v.nullable(orderId),
  /** An answer with an order was thrown away: they asked for it again. */
  isOrderLost: v.optional(v.boolean()),
  /** Where units are paid for: the provider took their card, and led back to the shop. */
  hasPaid: v.optional(v.boolean()),
});
export type CrowdAnswer = v.InferOutput<typeof crowdAnswer>;

/** A payment of a rehearsal's sale, by the provider's own books. */
const bookedPayment = v.strictObject({
  orderId,
  state: v.picklist(["open", "authorised", "captured", "cancelled"]),
  amountMinor: count,
  capturedMinor: count,
  refundedMinor: count,
});
export type BookedPayment = v.InferOutput<typeof bookedPayment>;
/** As many pages as all orders together may have. */
const MOST_BOOKED = 5 * MOST_PAYING_BUYERS;

/** The answers of a whole crowd. */
export const REHEARSAL_STEP_LIMIT_BYTES = 256 * 1024;

/**
 * What the rehearsal's own function asks for, step by step: begin; break, in the crowd's midst, makes the fault, and mend takes back a pause;
 * judge, with what the crowd was told, or with why it told nothing; purge, until the state is done. `isLast`: judge the stores as they
 * are, settled or not. `faultFailed`: why the fault could not be made. `books`: where units are paid for, what the provider
 * has of the sale; null: it could not be asked.
 */
export const rehearsalStep = v.variant("step", [
  v.strictObject({ step: v.literal("begin") }),
  v.strictObject({ step: v.literal("break") }),
  v.strictObject({ step: v.literal("mend") }),
  v.strictObject({
    step: v.literal("judge"),
    answers: v.pipe(v.array(crowdAnswer), v.maxLength(MOST_REHEARSAL_BUYERS)),
    notJudged: v.nullable(v.pipe(storableText, v.maxLength(200))),
    faultFailed: v.nullable(v.pipe(storableText, v.maxLength(200))),
    crowdMs: count,
    books: v.optional(v.nullable(v.pipe(v.array(bookedPayment), v.maxLength(MOST_BOOKED))), null),
    isLast: v.boolean(),
  }),
  v.strictObject({ step: v.literal("purge") }),
]);
export type RehearsalStep = v.InferOutput<typeof rehearsalStep>;
