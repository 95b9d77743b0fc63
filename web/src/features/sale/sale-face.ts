import type { SaleStatus } from "../api/contract.ts";
import type { Session } from "../identity/session.ts";
import type { PurchaseState, RefusalKind } from "../purchase/purchase-state.ts";

/** All that the page knows at one moment. */
export type Knowledge = {
  sale: SaleStatus | "unknown" | "unreachable" | "not_found";
  session: Session;
  /** Null while nobody is signed in. */
  purchase: PurchaseState | null;
  /** An intent of an expired session waits in storage. */
  hasUnfinishedIntent: boolean;
  serverMs: number | null;
};

/** The one thing that the page says; each has its copy in texts.ts and is what `data-state` shows. */
export type FaceKind =
  | "loading"
  | "unreachable"
  | "not_found"
  | "scheduled"
  | "opening"
  | "open"
  | "sold_out"
  | "paused"
  | "recovering"
  | "ended"
  | "submitting"
  | "checking"
  | "rate_limited"
  | "purchase_paused"
  | "offline"
  | "session_expired"
  | "accepted"
  | "confirmed"
  | "already_bought"
  | "rejected"
  | "not_open"
  | "refused";

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
      return "accepted";
    case "settled":
      if (purchase.outcome !== "refused") return purchase.outcome;
      return isSaleRefusal(purchase.refusal) && isOutdated(purchase.atServerMs, sale)
        ? null
        : faceOfRefusal(purchase.refusal);
    default:
      return purchase satisfies never;
  }
}

function faceOfWait(why: "checking" | "rate_limited" | "paused" | "offline"): FaceKind {
  return why === "paused" ? "purchase_paused" : why;
}

/** Refusals that speak about the sale, so that the sale's own face takes over once it is newer. */
type SaleRefusal = Extract<RefusalKind, "sold_out" | "ended" | "not_open">;
const isSaleRefusal = (refusal: RefusalKind): refusal is SaleRefusal =>
  refusal === "sold_out" || refusal === "ended" || refusal === "not_open";

function faceOfRefusal(refusal: RefusalKind): FaceKind {
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
  const isDue = serverMs !== null && Date.parse(sale.startsAt) <= serverMs;
  return sale.phase === "scheduled" && isDue ? "opening" : sale.phase;
}

/** Outcomes of the buyer's own doing: where one appears, focus moves to its heading. */
const results: readonly FaceKind[] = [
  "submitting",
  "checking",
  "rate_limited",
  "purchase_paused",
  "offline",
  "session_expired",
  "accepted",
  "confirmed",
  "already_bought",
  "rejected",
  "not_open",
  "refused",
];
export const isResult = (face: FaceKind): boolean => results.includes(face);

/** Stock matters to those who can still buy; beside an order of one's own it would only unsettle. */
const isStockTold = (face: FaceKind): boolean =>
  face === "open" || face === "paused" || face === "recovering" || face === "sold_out";

/** What the buyer can do on a face. The server's state enables the button, never the timer. */
export function controlsOf(face: FaceKind, known: Knowledge, isLookedUp: boolean) {
  const { sale, session, purchase } = known;
  return {
    buy: face === "open" && session.kind === "signed_in" && isLookedUp,
    signIn: session.kind === "anonymous" && (face === "session_expired" || typeof sale === "object"),
    stop: purchase?.kind === "waiting" && !purchase.intent.isDoubtful,
    timer: face === "scheduled" || face === "opening",
    stock: typeof sale === "object" && isStockTold(face),
    signedIn: session.kind === "signed_in",
  };
}
