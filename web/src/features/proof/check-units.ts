import { ascii, hex, join, sha256 } from "./bytes.ts";
import type { BoundTable } from "./check-bound.ts";
import type { LineState } from "./line-state.ts";
import { UNITS, type UnitsLine } from "./log-lines.ts";

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
const leftOf = (text: string) => Number(text.split(" ")[1]);
const MONEY_ALONE = new Set(["returned", "refunded"]);

/** Units only come back; and of an order without units nothing changes but what is known of its money. */
function mayBecome(before: string, after: string): boolean {
  if (leftOf(after) > leftOf(before)) return false;
  return leftOf(before) > 0 || [before, after].every((text) => MONEY_ALONE.has(text.split(" ")[2]!));
}

/** The orders that a line speaks of, by how many lines had bound some before it. */
function membersOf(state: LineState, { inOrder, lateIn }: BoundTable, bindings: number) {
  const place = state.bound[bindings - 1]?.place ?? 0;
  return inOrder.filter((row) => row.place <= place && (lateIn.get(row.orderHash) ?? 0) < bindings);
}

/** Law 14: from the table as it is back to each line that said what became of the orders. The one behind it names what changed. */
export function checkUnits(state: LineState, table: BoundTable, isFinal: boolean): void {
  const { units, rules } = state;
  if (!isFinal || !rules || rules.version < 3) return;
  state.check((units.at(-1)?.count ?? 0) === table.inOrder.length, "orders", "units_unbound", "index");
  const textOf = new Map(table.inOrder.map((row) => [row.orderHash, row.units]));
  let [bindings, tree, at, left] = [-1, changingTree([]), new Map<string, number>(), 0];
  for (const { where, ...line } of units.toReversed()) {
    if (line.bindings !== bindings) {
      bindings = line.bindings;
      const members = membersOf(state, table, bindings).map(({ orderHash }) => orderHash);
      at = new Map(members.map((orderHash, i) => [orderHash, i]));
      tree = changingTree(members.map((orderHash) => leafOf(textOf.get(orderHash)!)));
      left = members.reduce((sum, orderHash) => sum + leftOf(textOf.get(orderHash)!), 0);
    }
    const isRight = at.size === line.count && left === line.unitsLeft && tree.root() === line.root;
    state.check(isRight, "orders", "units_root", where);
    for (const before of line.changed) {
      const orderHash = UNITS.exec(before)![1]!;
      const [now, i] = [textOf.get(orderHash), at.get(orderHash)];
      const isThere = now !== undefined && i !== undefined && now !== before;
      if (!state.check(isThere && mayBecome(before, now), "orders", "units_change", where) || !isThere)
        continue;
      textOf.set(orderHash, before);
      tree.set(i, leafOf(before));
      left += leftOf(before) - leftOf(now);
    }
  }
}
