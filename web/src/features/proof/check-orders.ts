import { type BoundRow, checkBound } from "./check-bound.ts";
import { checkUnits } from "./check-units.ts";
import type { LineState } from "./line-state.ts";
import { fitsState, isOpen } from "./order-states.ts";
import { findEntry, quantityOf } from "./find-entry.ts";
import { rankAt } from "./list-entries.ts";

const ORDER =
  /^([0-9a-f]{64}) ([1-9]\d*) (?:([0-9a-f]{64}) ([1-9]\d*)|- -) ([1-9]\d*) (0|[1-9]\d*) ([a-z_]+) (0|[1-9]\d*)$/;

/** By leaf: the units that were ordered, and those that are still theirs. */
export type Bought = ReadonlyMap<string, { readonly ordered: number; readonly left: number }>;

/** @param isFinal whether no order will be added: then each sell-out of the log must have been one. */
export function checkOrders(state: LineState, lines: readonly string[], isFinal: boolean): Bought {
  const bought = new Map<string, { ordered: number; left: number }>();
  const hashes = new Set<string>();
  const ordered: { readonly quantity: number; readonly reservedAtMs: number }[] = [];
  const rows: BoundRow[] = [];
  let [lastPlace, unitsLeft] = [0, 0];
  for (const [i, text] of lines.entries()) {
    const where = `order ${i}`;
    state.counts.orders++;
    const parts = ORDER.exec(text);
    if (!state.check(parts !== null, "orders", "no_order", where)) continue;
    const [, orderHash = "", place, leaf, step, quantity, left, kind, reservedAtMs] = parts!;
    // After a store was lost two orders may have one place.
    const isNew = !hashes.has(orderHash) && Number(place) >= lastPlace;
    state.check(isNew, "orders", "order_twice", where);
    hashes.add(orderHash);
    lastPlace = Math.max(lastPlace, Number(place));
    unitsLeft += Number(left);
    checkState(state, { kind: kind!, left: Number(left), all: Number(quantity) }, isFinal, where);
    const unchanging = [orderHash, place, leaf ?? "-", step ?? "-", quantity, reservedAtMs].join(" ");
    const units = [orderHash, left, kind].join(" ");
    rows.push({ orderHash, place: Number(place), quantity: Number(quantity), leaf, text: unchanging, units });
    ordered.push({ quantity: Number(quantity), reservedAtMs: Number(reservedAtMs) });
    if (leaf === undefined) {
      const isBefore = state.rules?.mode === "returns" && Number(reservedAtMs) < state.begunAtMs;
      state.check(isBefore, "orders", "order_leaf", where);
      state.check(Number(left) <= Number(quantity), "orders", "order_units", where);
      continue;
    }
    checkTurn(state, { leaf, step: Number(step), reservedAtMs: Number(reservedAtMs) }, where);
    const sum = bought.get(leaf) ?? { ordered: 0, left: 0 };
    bought.set(leaf, { ordered: sum.ordered + Number(quantity), left: sum.left + Number(left) });
    const most = quantityOf(state, leaf);
    const isWithin = Number(left) <= Number(quantity) && Number(quantity) <= most;
    state.check(isWithin && sum.left + Number(left) <= most, "orders", "order_units", where);
  }
  state.check(unitsLeft <= state.allocated, "orders", "too_many_units", `${unitsLeft}/${state.allocated}`);
  if (isFinal) {
    state.check(state.hasEnded, "orders", "final_early", "index");
    checkSellOuts(state, ordered);
  }
  checkUnits(state, checkBound(state, rows, isFinal), isFinal);
  return bought;
}

type Left = { readonly kind: string; readonly left: number; readonly all: number };

function checkState(state: LineState, { kind, left, all }: Left, isFinal: boolean, where: string): void {
  state.check(fitsState(kind, left, all), "orders", "order_state", where);
  state.check(!isFinal || !isOpen(kind), "orders", "final_early", where);
}

/** The clock of the orders and that of the log may differ by so much. */
const CLOCKS_APART_MS = 5_000;

/** Law 11: at a sell-out all that was allocated had been ordered, units of orders that ended later included. */
function checkSellOuts(
  state: LineState,
  ordered: readonly { readonly quantity: number; readonly reservedAtMs: number }[],
): void {
  for (const { atMs, allocated, where } of state.soldOut) {
    const before = ordered.filter(({ reservedAtMs }) => reservedAtMs <= atMs + CLOCKS_APART_MS);
    const units = before.reduce((sum, { quantity }) => sum + quantity, 0);
    state.check(units >= allocated, "orders", "not_sold_out", where);
  }
}

type Order = { leaf: string; step: number; reservedAtMs: number };

function checkTurn(state: LineState, { leaf, step, reservedAtMs }: Order, where: string): void {
  const found = findEntry(state, leaf);
  if (!state.check(found !== null, "orders", "order_leaf", where)) return;
  const { ranked, at, place } = found!;
  const turn = state.steps[step - 1];
  const rank = rankAt(ranked, place);
  const isIn =
    !!turn && turn.after < rank && rank <= turn.upTo && ranked.quantities[at]! <= turn.quantityAtMost;
  if (!state.check(isIn, "orders", "order_step", where)) return;
  state.check(reservedAtMs >= turn!.holdsFromMs, "orders", "order_early", where);
  const isLate = turn!.lapsesAtMs !== null && reservedAtMs >= turn!.lapsesAtMs;
  state.check(!isLate, "orders", "order_late", where);
}
