import type { OrderView, SaleStatus } from "../api/contract.ts";
import type { Session } from "../identity/session.ts";
import type { PurchaseState, RefusalKind } from "../purchase/purchase-state.ts";
import type { FaceKind } from "./face-kind.ts";
import { OPENING_MS } from "./opening.ts";

/** All that the page knows at one moment. */
export type Knowledge = {
  sale: SaleStatus | "unknown" | "unreachable" | "not_found";
  session: Session;
  /** Null while nobody is signed in. */
  purchase: PurchaseState | null;
  /** An intent of an expired session waits in storage. */
  hasUnfinishedIntent: boolean;
  serverMs: number | null;
  /** Units that the buyer may have by their turn in the line; null: the sale has none. */
  unitsInTurn: number | null;
  /** False: the sale is for its guests, and the page does not know that the buyer is one. */
  mayCome: boolean;
};

/** A refusal stands until the server has said for this long that the sale is open: a cached status may be older. */
const REFUSAL_STANDS_MS = 2_000;

export function faceOf(known: Knowledge): FaceKind {
  if (known.sale === "not_found") return "not_found";
  if (known.session.kind === "anonymous" && known.hasUnfinishedIntent) return "session_expired";
  return (
    (known.purchase && faceOfPurchase(known.purchase, known.sale)) ?? faceOfSale(known.sale, known.serverMs)
  );
}

/** Null where the buyer's purchase has nothing to say, and the sale itself is what matters. */
function faceOfPurchase(purchase: PurchaseState, sale: Knowledge["sale"]): FaceKind | null {
  switch (purchase.kind) {
    case "idle":
      return null;
    case "submitting":
    case "waiting":
      return purchase.why === null ? "submitting" : faceOfWait(purchase.why);
    case "signing_in":
      return "session_expired";
    case "following":
      return faceOfFollowed(purchase.order.state);
    case "settled":
      if (purchase.outcome !== "refused") return purchase.outcome;
      // Beside the sale it says whether the buyer is on its list.
      if (purchase.refusal === "not_eligible") return null;
      if (purchase.refusal === "too_few")
        return typeof sale === "object" && sale.phase === "open" ? "too_few" : null;
      return isSaleRefusal(purchase.refusal) && isOutdated(purchase.atServerMs, sale)
        ? null
        : faceOfRefusal(purchase.refusal);
    default:
      return purchase satisfies never;
  }
}

const faceOfFollowed = (state: OrderView["state"]): FaceKind =>
  state === "pending" || state === "held" || state === "authorised" ? state : "accepted";

function faceOfWait(why: "checking" | "rate_limited" | "paused" | "offline"): FaceKind {
  return why === "paused" ? "purchase_paused" : why;
}

/** What the sale itself says; where it has a line, that says more. */
export const isOfSale = (face: FaceKind): boolean =>
  face === "scheduled" ||
  face === "opening" ||
  face === "open" ||
  face === "sold_out" ||
  face === "paused" ||
  face === "recovering";

/** Refusals that speak about the sale, so that the sale's own face takes over once it is newer. */
type SaleRefusal = Extract<RefusalKind, "sold_out" | "ended" | "not_open" | "not_your_turn">;
const isSaleRefusal = (refusal: RefusalKind): refusal is SaleRefusal =>
  refusal === "sold_out" || refusal === "ended" || refusal === "not_open" || refusal === "not_your_turn";

function faceOfRefusal(refusal: Exclude<RefusalKind, "too_few">): FaceKind {
  return isSaleRefusal(refusal) || refusal === "not_found" ? refusal : "refused";
}

/** Stock that came back, or an opening that was a moment away. */
function isOutdated(refusedAtMs: number, sale: Knowledge["sale"]): boolean {
  return (
    typeof sale === "object" &&
    Date.parse(sale.serverTime) - refusedAtMs > REFUSAL_STANDS_MS &&
    (sale.phase !== "open" || (sale.stock?.available ?? 0) > 0)
  );
}

function faceOfSale(sale: Knowledge["sale"], serverMs: number | null): FaceKind {
  if (sale === "unknown") return "loading";
  if (sale === "unreachable" || sale === "not_found") return sale;
  if (sale.phase !== "scheduled" || serverMs === null) return sale.phase;
  const sinceStartMs = serverMs - Date.parse(sale.startsAt);
  if (sinceStartMs < 0) return "scheduled";
  return sinceStartMs >= OPENING_MS && isFresh(sale, serverMs) ? "open" : "opening";
}

/** A page that heard of the sale so lately goes by its clock. It looks more often than that: an older answer means silence. */
const FRESH_MS = 60_000;

/**
 * Everybody opens at the same moment, by the server's clock: pages that had to ask for it would open one after the other. A
 * pause or a change of the last seconds is told by the answer to a purchase. A line tells by itself whose turn it is.
 */
const isFresh = ({ mode, serverTime }: SaleStatus, serverMs: number): boolean =>
  mode.kind === "open" && serverMs - Date.parse(serverTime) <= FRESH_MS;

/** Outcomes of the buyer's own doing: where one appears, focus moves to its heading. */
const results: readonly FaceKind[] = [
  "submitting",
  "checking",
  "rate_limited",
  "purchase_paused",
  "offline",
  "session_expired",
  "pending",
  "accepted",
  "held",
  "authorised",
  "expired",
  "cancelled",
  "failed",
  "confirmed",
  "already_bought",
  "rejected",
  "returned",
  "refunded",
  "not_open",
  "not_your_turn",
  "too_few",
  "refused",
];
export const isResult = (face: FaceKind): boolean => results.includes(face);

/** Stock matters to those who can still buy; beside an order of one's own it would only unsettle. */
const isStockTold = (face: FaceKind): boolean =>
  face === "open" || face === "too_few" || face === "paused" || face === "recovering" || face === "sold_out";

/** Units that the buyer has in this sale by the ledger's word; 0 where it has not said, or they have none. */
export const unitsHeld = ({ purchase }: Knowledge): number =>
  (purchase?.kind === "settled" ? purchase.unitsHeld : null) ?? 0;

/** Units that the purchase limit still leaves to this buyer; the gate has the last word on whether there are as many. */
export const unitsLeft = (known: Knowledge): number =>
  typeof known.sale === "object"
    ? Math.max(0, Math.min(known.sale.purchaseLimit, known.unitsInTurn ?? Infinity) - unitsHeld(known))
    : 0;

/** Beside an order that stands, and beside one that ended: neither blocks another. */
const facesWithMore: readonly FaceKind[] = [
  "confirmed",
  "already_bought",
  "rejected",
  "returned",
  "refunded",
  "expired",
  "cancelled",
  "failed",
];

/** More is offered only where nothing is in doubt: an order is there, all units are counted, and the sale is open. */
const isMoreOffered = (face: FaceKind, known: Knowledge): boolean =>
  facesWithMore.includes(face) &&
  known.purchase?.kind === "settled" &&
  known.purchase.unitsHeld !== null &&
  unitsLeft(known) > 0 &&
  typeof known.sale === "object" &&
  known.sale.phase === "open";

/** What the buyer can do on a face. */
export function controlsOf(face: FaceKind, known: Knowledge, isLookedUp: boolean) {
  const { sale, session, purchase } = known;
  return {
    buy:
      (face === "open" || face === "too_few") &&
      unitsLeft(known) > 0 &&
      session.kind === "signed_in" &&
      known.mayCome &&
      isLookedUp,
    signIn: session.kind === "anonymous" && (face === "session_expired" || typeof sale === "object"),
    more: isMoreOffered(face, known) && session.kind === "signed_in" && known.mayCome,
    stop: purchase?.kind === "waiting" && !purchase.intent.isDoubtful,
    timer: face === "scheduled" || face === "opening",
    stock: typeof sale === "object" && isStockTold(face),
  };
}
