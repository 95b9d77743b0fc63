import { part } from "../page/dom.ts";
import { browserKeep } from "../page/browser-keep.ts";
import type { BuyerId, SaleId, SaleStatus } from "../api/contract.ts";
import type { ServerClock } from "../clock/server-clock.ts";
import { createLine } from "./line.ts";
import { createLineStore } from "./line-store.ts";
import { wireLineView } from "./line-view.ts";
import { tell, type Told } from "./tell.ts";
import { startTurnClock } from "./turn-clock.ts";

/** A sale's line on its page; loaded only for a sale that has one. */
export type SaleLine = {
  follow: (buyerId: BuyerId | null) => void;
  /** Units that may be bought now at most; 0: it is not this buyer's turn. */
  unitsInTurn: () => number;
  ticket: () => string | null;
  /** Shows the line, and answers what is to be said of the place in it. */
  show: (sale: SaleStatus, isSignedIn: boolean) => Told;
  /** What the buyer's own purchase says matters more. */
  hide: () => void;
  askNow: () => void;
};

type Surroundings = {
  readonly saleId: SaleId;
  readonly root: HTMLElement;
  readonly clock: ServerClock;
  readonly onSignedOut: () => void;
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
  const isTurn = () => {
    const place = line.place();
    return place.kind === "turn" && place.fromMs <= nowMs() ? place : null;
  };

  return {
    follow: line.follow,
    unitsInTurn: () => (isTurn() ? (line.entry()?.receipt.quantity ?? 0) : 0),
    ticket: () => line.entry()?.ticket ?? null,
    show: (sale, isSignedIn) => {
      const place = line.place();
      view.show({ line, sale, isSignedIn, nowMs: nowMs() });
      turnClock.show(place.kind === "turn" ? place : null);
      return tell({ place, view: line.view(), sale, isSignedIn, nowMs: nowMs() });
    },
    hide: () => {
      view.hide();
      turnClock.show(null);
      part(root, "line").hidden = true;
    },
    askNow: line.askNow,
  };
}
