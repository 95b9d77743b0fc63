import { browserKeep } from "../page/browser-keep.ts";
import type { BuyerId, SaleId, SaleStatus } from "../api/contract.ts";
import type { ServerClock } from "../clock/server-clock.ts";
import { createLine } from "./line.ts";
import type { Place } from "./place.ts";
import { createLineStore } from "./line-store.ts";
import { wireLineView } from "./line-view.ts";
import { type LineFace, tell } from "./tell.ts";
import { startTurnClock } from "./turn-clock.ts";

/** A sale's line on its page; loaded only for a sale that has one. */
export type SaleLine = {
  follow: (buyerId: BuyerId | null) => void;
  /** Units that may be bought now at most; 0: it is not this buyer's turn. */
  unitsInTurn: () => number;
  ticket: () => string | null;
  /** Shows the line, and answers what is to be said of the place in it. */
  show: (sale: SaleStatus, isSignedIn: boolean) => LineFace;
  /** What the buyer's own purchase says matters more. */
  hide: () => void;
  askNow: () => void;
};

type Surroundings = {
  readonly saleId: SaleId;
  readonly root: HTMLElement;
  readonly clock: ServerClock;
  readonly onSignedOut: () => void;
  /** That the buyer is a guest of the sale; null: there is none. */
  readonly invitation: () => string | null;
  readonly onActed: () => void;
  readonly onChange: () => void;
};

export function createSaleLine({ saleId, root, clock, onActed, ...outside }: Surroundings): SaleLine {
  const store = createLineStore(browserKeep("localStorage"), saleId);
  const line = createLine({ saleId, store, clock, ...outside });
  const view = wireLineView(root, line, onActed);
  const turnClock = startTurnClock(root, clock, () => {
    line.askNow();
    outside.onChange();
  });
  const nowMs = () => clock.nowMs() ?? 0;
  let begunMs: number | null = null;
  /** A turn that has begun stays begun, though the page's idea of the server's time moves a little. */
  const isTurn = (place: Place): boolean => {
    if (place.kind !== "turn") return false;
    if (place.fromMs <= nowMs()) begunMs = place.fromMs;
    return place.fromMs === begunMs;
  };

  return {
    follow: line.follow,
    unitsInTurn: () => (isTurn(line.place()) ? (line.entry()?.receipt.quantity ?? 0) : 0),
    ticket: () => line.entry()?.ticket ?? null,
    show: (sale, isSignedIn) => {
      const place = line.place();
      view.show({ line, sale, isSignedIn, nowMs: nowMs() });
      const hasBegun = isTurn(place);
      // Before the server is asked again, which says then that nobody knows until when.
      const standsStill = sale.phase === "paused" || sale.phase === "recovering";
      const turn = place.kind === "turn" && { ...place, hasBegun, ...(standsStill && { toMs: null }) };
      turnClock.show(turn || null);
      const entry = line.entry();
      const lane = entry && {
        isLater: entry.receipt.lane === 1,
        isUndone: entry.standing?.isUndone ?? false,
      };
      return tell({ place, hasBegun, view: line.view(), sale, isSignedIn, nowMs: nowMs(), lane });
    },
    hide: () => {
      view.hide();
      turnClock.show(null);
    },
    askNow: line.askNow,
  };
}
