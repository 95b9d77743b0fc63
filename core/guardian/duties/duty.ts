import type { GateView } from "../../gate/gate-view.ts";
import type { Comparison } from "../../reconciliation/compare-stores.ts";
import type { GuardedSale } from "../guarded-sales.postgres.ts";

/** One look at one sale: what the duties find before them, each after the other. */
export type Look = {
  readonly sale: GuardedSale;
  /** Read after the sale. */
  readonly view: GateView;
  /** Of the lease that this guardian holds. */
  readonly fence: number;
  /** The stores compared, if they were in this look. */
  comparison: Comparison | null;
  /** Nothing is under way, and the stores agreed when the counters were as they are. */
  isSettled: boolean;
};

/**
 * A part of the guardian's work on one sale. What it remembers from look to look is its own. Everything in it may be
 * repeated, and may be cut off anywhere.
 *
 * @returns "done" if the duties behind it have nothing left to look at.
 */
export type Duty = (look: Look) => Promise<"next" | "done">;
