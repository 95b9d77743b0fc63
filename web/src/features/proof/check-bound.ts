import { ascii, HASH_BYTES, hex, join, sha256 } from "./bytes.ts";
import type { LineState } from "./line-state.ts";
import type { OrdersLine } from "./log-lines.ts";

/** An order by what of it never changes, and by what became of it. */
export type BoundRow = {
  readonly orderHash: string;
  readonly place: number;
  readonly quantity: number;
  /** Of its entry; undefined: it was bought before anybody stood in line. */
  readonly leaf: string | undefined;
  readonly text: string;
  readonly units: string;
};

/** All orders as the log binds them; by the hash of one that came late, the number of the line that names it. */
export type BoundTable = {
  readonly inOrder: readonly BoundRow[];
  readonly lateIn: ReadonlyMap<string, number>;
};

/** A line that binds orders, by itself: numbers that only rise, and only in logs that do so. */
export function checkBinding(state: LineState, line: OrdersLine, where: string): void {
  const { count, place } = state.bound.at(-1) ?? { count: 0, place: 0 };
  const isGrowing = line.place >= place && line.count > count && line.count >= count + line.late.length;
  state.check(state.rules!.version >= 2 && isGrowing, "orders", "binding", where);
  state.bound.push({ ...line, where });
}

const node = (left: Uint8Array, right: Uint8Array) => sha256(join(Uint8Array.of(1), left, right));

/** A Merkle tree that grows: the heads of its whole subtrees, the largest first. Its head is that of RFC 9162. */
function growingTree() {
  const heads: { readonly size: number; readonly hash: Uint8Array }[] = [];
  return {
    add(leaf: Uint8Array): void {
      let head = { size: 1, hash: leaf };
      while (heads.at(-1)?.size === head.size)
        head = { size: 2 * head.size, hash: node(heads.pop()!.hash, head.hash) };
      heads.push(head);
    },
    root: (): string =>
      hex(
        heads.length === 0
          ? sha256(new Uint8Array(0))
          : heads.map(({ hash }) => hash).reduceRight((rest, left) => node(left, rest)),
      ),
  };
}

/** Law 13: each line that binds orders, against the table as it is. What a later line names as late was not there before. */
export function checkBound(state: LineState, rows: readonly BoundRow[], isFinal: boolean): BoundTable {
  const { bound, rules } = state;
  const inOrder = rows.toSorted((a, b) => a.place - b.place || (a.orderHash < b.orderHash ? -1 : 1));
  const leaves = new Uint8Array(inOrder.length * HASH_BYTES);
  for (const [i, { text }] of inOrder.entries())
    leaves.set(sha256(join(Uint8Array.of(0), ascii(text))), i * HASH_BYTES);
  /** By the hash of an order that came late: the number of the line that names it. */
  const lateIn = new Map(bound.flatMap(({ late }, number) => late.map((leaf) => [leaf, number] as const)));
  const placeOf = new Map(rows.map(({ orderHash, place }) => [orderHash, place]));
  let [tree, taken, count, last] = [growingTree(), 0, 0, 0];
  for (const [number, { late, place, root, where, ...line }] of bound.entries()) {
    const isLate = (leaf: string) =>
      lateIn.get(leaf) === number && (placeOf.get(leaf) ?? Infinity) <= (bound[number - 1]?.place ?? 0);
    state.check(late.every(isLate), "orders", "binding", where);
    // Whoever came late stands before others: the tree is made anew.
    if (late.length > 0) [tree, taken, count, last] = [growingTree(), 0, 0, 0];
    for (; taken < inOrder.length && inOrder[taken]!.place <= place; taken++) {
      if ((lateIn.get(inOrder[taken]!.orderHash) ?? 0) > number) continue;
      tree.add(leaves.slice(taken * HASH_BYTES, (taken + 1) * HASH_BYTES));
      count++;
      last = inOrder[taken]!.place;
    }
    state.check(last === place, "orders", "binding", where);
    state.check(count === line.count && tree.root() === root, "orders", "orders_root", where);
  }
  const isAll = (bound.at(-1)?.count ?? 0) === rows.length;
  if (isFinal && rules && rules.version >= 2) state.check(isAll, "orders", "unbound", "index");
  return { inOrder, lateIn };
}
