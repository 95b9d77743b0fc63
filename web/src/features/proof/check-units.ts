import { ascii, hex, join, sha256 } from "./bytes.ts";
import type { BoundRow, BoundTable } from "./check-bound.ts";
import { quantityOf } from "./find-entry.ts";
import type { LineState } from "./line-state.ts";
import type { UnitsLine } from "./log-lines.ts";
import { fitsState, mayBecome, readBecame } from "./order-states.ts";

/** A line that binds what became of orders, by itself: of the orders that are bound, and something new of them. */
export function checkUnitsLine(state: LineState, line: UnitsLine, where: string): void {
  const before = state.units.at(-1);
  const isNew = before ? line.count > before.count || line.changed.length > 0 : line.changed.length === 0;
  const isOfBound = state.rules!.version >= 3 && line.count === state.bound.at(-1)?.count;
  state.check(isOfBound && isNew, "orders", "units_line", where);
  state.units.push({ ...line, bindings: state.bound.length, where });
}

const parent = (level: readonly Uint8Array[], i: number) =>
  i + 1 < level.length ? sha256(join(Uint8Array.of(1), level[i]!, level[i + 1]!)) : level[i]!;

/** A Merkle tree of which single leaves change: the same root, level by level. */
function changingTree(leaves: readonly Uint8Array[]) {
  const levels = [[...leaves]];
  for (let level = levels[0]!; level.length > 1; level = levels.at(-1)!)
    levels.push(Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => parent(level, 2 * i)));
  return {
    set(at: number, leaf: Uint8Array): void {
      levels[0]![at] = leaf;
      for (let height = 1, i = at >> 1; height < levels.length; height++, i >>= 1)
        levels[height]![i] = parent(levels[height - 1]!, 2 * i);
    },
    root: (): string => hex(levels.at(-1)![0] ?? sha256(new Uint8Array(0))),
  };
}

const leafOf = (text: string) => sha256(join(Uint8Array.of(0), ascii(text)));
const leftOf = (text: string) => readBecame(text).left;

/** Whether a line speaks of an order, by how many lines had bound some before it. */
const memberOf =
  ({ bound }: LineState, { lateIn }: BoundTable) =>
  ({ place, orderHash }: BoundRow, bindings: number): boolean =>
    place <= (bound[bindings - 1]?.place ?? 0) && (lateIn.get(orderHash) ?? 0) < bindings;
type IsMember = ReturnType<typeof memberOf>;

/** Law 14, of each table, final or not, since quantities and places are bound: what a line says of orders as they were. */
function checkSaid(state: LineState, { inOrder }: BoundTable, isMember: IsMember): void {
  const rowOf = new Map(inOrder.map((row) => [row.orderHash, row]));
  for (const [number, { changed, where }] of state.units.entries())
    for (const { orderHash, left, state: kind } of changed.map(readBecame)) {
      const row = rowOf.get(orderHash);
      const isKnown = !!row && number > 0 && isMember(row, state.units[number - 1]!.bindings);
      const fits = isKnown && fitsState(kind, left, row.quantity);
      state.check(fits, "orders", "units_change", where);
    }
}

/** Law 14: from the table as it is back to each line that said what became of the orders. The one behind it names what changed. */
export function checkUnits(state: LineState, table: BoundTable, isFinal: boolean): void {
  const { units, rules } = state;
  if (!rules || rules.version < 3) return;
  const isMember = memberOf(state, table);
  checkSaid(state, table, isMember);
  if (!isFinal) return;
  state.check((units.at(-1)?.count ?? 0) === table.inOrder.length, "orders", "units_unbound", "index");
  const textOf = new Map(table.inOrder.map((row) => [row.orderHash, row.units]));
  let [bindings, then] = [-1, tableThen([], textOf)];
  for (const { where, ...line } of units.toReversed()) {
    if (line.bindings !== bindings) {
      bindings = line.bindings;
      const members = table.inOrder.filter((row) => isMember(row, bindings));
      then = tableThen(members, textOf);
    }
    const isRight =
      then.at.size === line.count && then.left() === line.unitsLeft && then.root() === line.root;
    state.check(isRight, "orders", "units_root", where);
    for (const before of line.changed) {
      const { orderHash } = readBecame(before);
      const now = textOf.get(orderHash);
      const isThere = now !== undefined && now !== before && then.at.has(orderHash);
      const isLawful = isThere && mayBecome(readBecame(before), readBecame(now));
      if (!state.check(isLawful, "orders", "units_change", where) && !isThere) continue;
      textOf.set(orderHash, before);
      const { leaf, left } = then.putBack(orderHash, now!, before);
      const isWithin = leaf === undefined || left <= quantityOf(state, leaf);
      state.check(isWithin, "orders", "order_units", where);
    }
  }
}

/** The orders that a line speaks of, as they are put back: their root, and the units left, together and by entry. */
function tableThen(members: readonly BoundRow[], textOf: ReadonlyMap<string, string>) {
  const at = new Map(members.map(({ orderHash }, i) => [orderHash, i]));
  const tree = changingTree(members.map(({ orderHash }) => leafOf(textOf.get(orderHash)!)));
  const leftOfEntry = new Map<string | undefined, number>();
  let all = 0;
  const add = ({ leaf }: BoundRow, more: number): number => {
    const left = (leftOfEntry.get(leaf) ?? 0) + more;
    leftOfEntry.set(leaf, left);
    all += more;
    return left;
  };
  for (const row of members) add(row, leftOf(textOf.get(row.orderHash)!));
  return {
    at,
    root: tree.root,
    left: () => all,
    putBack(orderHash: string, now: string, before: string) {
      const i = at.get(orderHash)!;
      tree.set(i, leafOf(before));
      return { leaf: members[i]!.leaf, left: add(members[i]!, leftOf(before) - leftOf(now)) };
    },
  };
}
