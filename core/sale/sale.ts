import type { Phase, SaleState } from "../contract/sale.ts";
import type { GuestList, Guests } from "../contract/guests.ts";
import type { Translations } from "../contract/translations.ts";
import type { SaleMode } from "../contract/sale-mode.ts";
import type { SalePayment } from "../contract/sale-payment.ts";
import type { SaleWithdrawal } from "../contract/sale-withdrawal.ts";
import type { Visibility } from "../contract/visibility.ts";
import { opensFirstAtMs } from "../guests/guests.ts";
import type { SaleId } from "../ids.ts";
import type { Picture } from "../picture/picture.ts";
import type { PastFace } from "./face.ts";
import type { SaleArchive } from "./archive.ts";

/** One timed event selling a fixed number of units of one product. The system of record is PostgreSQL. */
export type Sale = {
  readonly saleId: SaleId;
  readonly name: string;
  readonly description: string;
  /** What it is called and described as in a language, where that is something else. */
  readonly translations: Translations;
  readonly priceMinor: number;
  readonly currency: string;
  /** Units given to the sale. */
  readonly allocated: number;
  /** Most units per buyer. */
  readonly purchaseLimit: number;
  /** Most attempts per buyer that reach the gate in any ten seconds. */
  readonly attemptLimit: number;
  /** How people are let in. */
  readonly mode: SaleMode;
  /** Whether units are held until they are paid for. */
  readonly payment: SalePayment;
  /** For how long its buyers may withdraw, or why not. */
  readonly withdrawal: SaleWithdrawal;
  /** Who may come, and who of them earlier. */
  readonly guests: Guests;
  /** The list that this goes by; an import gives another. */
  readonly guestList: GuestList;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
  readonly picture: Picture | null;
  /** What it was shown as before, oldest first. */
  readonly faces: readonly PastFace[];
  readonly state: SaleState;
  /** Who sees it. A draft is a row in PostgreSQL and nothing else: no gate, no copy, nobody who looks after it. */
  readonly visibility: Visibility;
  /** Of these settings and of no others: given once. A store that holds a newer one ignores an older. */
  readonly revision: number;
  /** The gate's life; 0: never loaded. */
  readonly epoch: number;
  /** Over, and every store agrees: nobody looks after it until it is changed. */
  readonly closedAtMs: number | null;
  /** What is kept of the gate of a closed sale, whose keys may be gone; null: it has a gate. */
  readonly archive: SaleArchive | null;
};

/** Whether a sale is over by what operators and guardian have recorded, without a look at any clock. */
export const isOver = (sale: Pick<Sale, "state" | "closedAtMs">): boolean =>
  sale.state === "ended" || sale.closedAtMs !== null;

export type Available = { readonly available: number; readonly held: number };

/**
 * The phase of a sale at an instant of the server's clock.
 *
 * `counters` are null while the gate cannot be trusted: the sale is then recovering, never sold out, unless it is over
 * or has not begun, which its settings alone say.
 */
export function phaseOf(
  sale: Pick<Sale, "state" | "startsAtMs" | "endsAtMs" | "guests">,
  counters: Available | null,
  nowMs: number,
): Phase {
  if (sale.state === "ended" || (sale.endsAtMs !== null && nowMs >= sale.endsAtMs)) return "ended";
  const hasBegun = nowMs >= sale.startsAtMs;
  if (counters === null) return sale.state === "running" && !hasBegun ? "scheduled" : "recovering";
  if (sale.state === "paused") return "paused";
  // What tiers have bought up before the opening is gone.
  const isSoldOut = counters.available === 0;
  if (!hasBegun) return isSoldOut && nowMs >= opensFirstAtMs(sale) ? "sold_out" : "scheduled";
  return isSoldOut ? "sold_out" : "open";
}
