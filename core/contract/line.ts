import * as v from "valibot";
import { solvedChallenge } from "./challenge.ts";
import { demotionReasons } from "./demotion.ts";
import { email } from "./identity.ts";
import { buyerId, saleId } from "./ids.ts";
import { languages } from "./language.ts";
import { invitation, quantity } from "./purchase.ts";
import { count, instant } from "./sale.ts";
import { storableLine } from "./text.ts";
import { waitEstimate } from "./turn.ts";
import { lineModes } from "./sale-mode.ts";

export type { LineMode } from "./sale-mode.ts";

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const lane = v.picklist([0, 1]);

/** Joining the line; what is said here is in the entry's leaf, and cannot be changed after its list has closed. */
export const joinRequest = v.strictObject({
  quantity: v.optional(quantity, 1),
  /** In which a draw's result is told by mail. */
  language: v.optional(v.picklist(languages), "en"),
  /** A challenge of this line that was solved. Without it the entry goes into lane 1, behind the others of its list. */
  solution: v.optional(solvedChallenge),
  /** That the buyer is a guest of the sale, where it has a list. */
  invitation: v.optional(invitation),
});

/**
 * What a buyer keeps of an entry: enough to compute its leaf, as docs/fairness.md says, without asking anybody. Salt and
 * leaf are hexadecimal.
 */
export const receipt = v.object({
  saleId,
  list: count,
  /** 0, or 1: checked later, behind its own list and before the next. */
  lane,
  quantity: count,
  buyerId,
  salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  leaf: hash,
});
export type Receipt = v.InferOutput<typeof receipt>;

/** The receipt, signed: the same text goes with the purchase. */
const ticket = v.string();

/** 201: joined now. 200: the buyer had joined this list already, on whatever device; the same receipt again. */
export const joinAnswer = v.object({ receipt, ticket });
export type JoinAnswer = v.InferOutput<typeof joinAnswer>;

/**
 * An entry: `joined` (no lot yet), `waiting` (for its turn), `turn` (now), `lapsed`, `passed_over` (a draw: not selected so far),
 * `withdrawn`, `over` (the line has ended; of one that was sold out, until units come back).
 */
export const entryStates = [
  "joined",
  "waiting",
  "turn",
  "lapsed",
  "passed_over",
  "withdrawn",
  "over",
] as const;
export type EntryState = (typeof entryStates)[number];

export const entry = v.object({
  receipt,
  ticket,
  state: v.picklist(entryStates),
  /** Once the list has its key. */
  rank: v.nullable(v.string()),
  estimate: v.nullable(waitEstimate),
  /**
   * From when the turn holds, and until when the page should show it; it lasts a little longer, and longer yet if the sale has stood still
   * meanwhile. Null: nobody knows, since the sale stands still, or has and the turn goes on.
   */
  turn: v.nullable(v.object({ step: count, from: instant, to: v.nullable(instant) })),
  /** It was in lane 1, and an operator undid that before its list closed. */
  isUndone: v.boolean(),
});
export type Entry = v.InferOutput<typeof entry>;

/** The signed-in buyer's entries in the line of a sale, oldest first. */
export const entryList = v.object({ entries: v.array(entry), serverTime: instant });
export type EntryList = v.InferOutput<typeof entryList>;

const lineList = v.object({
  list: count,
  closedAt: instant,
  /** Entries in each lane, the root over all of them, and the round that decides; null: the list is still being read. */
  lane0: v.nullable(count),
  lane1: v.nullable(count),
  root: v.nullable(hash),
  round: v.nullable(count),
  /** When the round is due. */
  roundAt: v.nullable(instant),
  /** The round is overdue: everybody waits. */
  isLate: v.boolean(),
  /** An entry's lot is HMAC-SHA256(key, leaf). */
  key: v.nullable(hash),
  signature: v.nullable(v.string()),
});

const pace = {
  admissionsPerSecond: v.number(),
  mostInside: count,
  isPaused: v.boolean(),
  /** Of the operators, to everybody who waits. */
  message: v.string(),
};

/**
 * The line of a sale, the same for everybody: who has a receipt finds their place in it by themselves. `phase`: `joining` (list 0
 * is open), `closing` (it is being read), `drawing` (its root stands, its round has not come), `moving`, `ended`.
 */
export const lineView = v.object({
  saleId,
  mode: v.picklist(lineModes),
  phase: v.picklist(["joining", "closing", "drawing", "moving", "ended"]),
  startsAt: instant,
  closesAt: instant,
  /** Of a draw. */
  resultAt: v.nullable(instant),
  listSeconds: count,
  turnSeconds: count,
  purchaseLimit: count,
  /** The list that people join now; null: nobody joins, at least for now. */
  openList: v.nullable(count),
  /** Staff closed the line to newcomers: the list that was open then is the last one, unless they open it again. */
  isClosed: v.boolean(),
  /** Those that still wait, and the one in which the line is. */
  lists: v.array(lineList),
  /** Entries in the lists before those. */
  entriesBefore: count,
  /** Every entry with a rank up to this has had a turn, or has one; "": nobody yet. */
  upTo: v.string(),
  /** Every turn up to this rank has lapsed. In a draw this says nothing of second chances. */
  lapsedUpTo: v.string(),
  steps: count,
  /** Of a draw: all winners have their turns, so that whoever has none was not selected so far. */
  hasAllWinners: v.boolean(),
  /** From when the last step holds. */
  holdsFrom: v.nullable(instant),
  /** Turns given so far. */
  admitted: count,
  /** Whose turn runs and who have not bought. Null: not known. */
  inside: v.nullable(count),
  /** Null while the gate cannot be trusted. */
  stock: v.nullable(v.object({ available: count, held: count })),
  pace: v.nullable(v.object(pace)),
  /** `sold_out`: nobody else gets a turn unless units come back before the sale ends; then the line goes on, and this is null. */
  end: v.nullable(v.picklist(["sold_out", "ended"])),
  /** Keep the hash: a later log that does not lead through it was forged. */
  log: v.object({ lines: count, hash }),
  chain: v.nullable(v.object({ hash, isRehearsal: v.boolean() })),
  serverTime: instant,
  pollAfterMs: count,
});
export type LineView = v.InferOutput<typeof lineView>;

/** A change of the line while it moves; each is a line of the public log, with the role of who made it. */
export const changeLineRequest = v.pipe(
  v.partial(
    v.strictObject({
      admissionsPerSecond: v.pipe(v.number("must be a number"), v.minValue(0), v.maxValue(100_000)),
      mostInside: v.pipe(
        v.number("must be a whole number"),
        v.integer("must be a whole number"),
        v.minValue(0),
        v.maxValue(10_000_000),
      ),
      isPaused: v.boolean("must be true or false"),
      /** Closed to newcomers; list 0 takes everybody until its announced time all the same. Not of a draw, which has one list. */
      isClosed: v.boolean("must be true or false"),
      message: v.pipe(
        v.string("must be text"),
        v.trim(),
        storableLine,
        v.maxLength(200, "must be at most 200 characters"),
      ),
    }),
  ),
  v.check((change) => Object.keys(change).length > 0, "must change at least one field"),
);
export type ChangeLineRequest = v.InferOutput<typeof changeLineRequest>;

/** The line as operators see it: with counts for each list and lane. */
export const lineNumbers = v.object({
  line: lineView,
  /** What staff changed last, and from when it holds by the gate's clock; null: nothing since the line began. */
  change: v.nullable(
    v.object({
      what: v.picklist(["pace", "pause", "message", "joining"]),
      role: v.string(),
      at: instant,
      /** Null: of a pace that no step has been made by yet. */
      holdsFrom: v.nullable(instant),
    }),
  ),
  lists: v.array(
    v.object({
      list: count,
      lane,
      entries: count,
      admitted: count,
      bought: count,
      lapsed: count,
      waiting: count,
    }),
  ),
});
export type LineNumbers = v.InferOutput<typeof lineNumbers>;

/** The entries of a list that are checked later: in the open list, or the last that closed. */
export const checkedLater = v.object({
  list: count,
  /** The list is open: what is there can still be undone. */
  isOpen: v.boolean(),
  entries: count,
  lane1: count,
  /** By what put them there, the most first; whatever was undone is still told. */
  reasons: v.array(
    v.object({ why: v.picklist(demotionReasons), entries: count, undone: count, isUndone: v.boolean() }),
  ),
});
export type CheckedLater = v.InferOutput<typeof checkedLater>;

/** Moves entries of the open list back to lane 0: all that one reason put, or puts, into lane 1; or one buyer's. */
export const undoCheckedLaterRequest = v.pipe(
  v.strictObject({
    /** The list that was looked at: if another one is open by now, nothing is moved. */
    list: count,
    why: v.optional(v.picklist(demotionReasons)),
    email: v.optional(email),
  }),
  v.check(({ why, email: of }) => (why === undefined) !== (of === undefined), "name either why or email"),
);
export type UndoCheckedLaterRequest = v.InferOutput<typeof undoCheckedLaterRequest>;

/** What there is of the public files of a line; see docs/fairness.md. */
export const fairnessIndex = v.object({
  version: v.literal(1),
  saleId,
  mode: v.picklist(lineModes),
  chain: v.object({
    hash,
    publicKey: v.string(),
    genesisMs: count,
    periodMs: count,
    isRehearsal: v.boolean(),
  }),
  log: v.object({ lines: count, pages: count, hash }),
  lists: v.array(v.object({ list: count, count, pages: count, root: hash })),
  orders: v.object({ count, pages: count, isFinal: v.boolean() }),
});
export type FairnessIndex = v.InferOutput<typeof fairnessIndex>;
