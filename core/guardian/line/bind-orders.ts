import { faultPoint } from "../../fault-point.ts";
import type { SaleId } from "../../ids.ts";
import { boundOrder, boundRows, ordersToBind, rootOfOrders } from "../../line/bound-orders.ts";
import type { LineFiles } from "../../line/line-files.dynamo.ts";
import type { LineLogs } from "../../line/line-log.dynamo.ts";
import type { BoundOrders, LineState } from "../../line/line-state.ts";
import type { Warn } from "../../log.ts";
import type { SaleEntry } from "../../reservation/ledger.ts";

export type BindDependencies = {
  readonly files: Pick<LineFiles, "putBound" | "readBound">;
  readonly logs: Pick<LineLogs, "append">;
  readonly warn: Warn;
};

type When = { readonly nowMs: number; readonly isSettled: boolean };
type Bound = { readonly state: LineState; readonly isWhole: boolean };

/**
 * Says in the log which orders there are: what of them never changes. Whoever changes the table afterwards, or leaves an order out,
 * no longer fits the log. Which ones a line binds is kept before it is added: an order of a smaller place may come late, and is named then.
 *
 * @returns whether the log binds all that there is to bind, and the state that it has come to.
 */
export async function bindOrders(
  deps: BindDependencies,
  saleId: SaleId,
  known: LineState,
  entries: readonly SaleEntry[],
  when: When,
): Promise<Bound> {
  const rows = boundOrder(entries);
  for (let state = known; ;) {
    // A line that an older version has begun binds none, to its end.
    if ((state.rules?.version ?? 1) < 2) return { state, isWhole: true };
    const { bound } = state;
    const hashes = await boundHashes(deps, saleId, bound, rows);
    const before = boundRows(rows, bound, hashes);
    if (bound && (before.length !== bound.count || rootOfOrders(before) !== bound.root)) {
      deps.warn("orders are not what the log binds", { saleId, bound: bound.count, found: before.length });
      return { state, isWhole: false };
    }
    const next = ordersToBind(rows, bound, hashes, when);
    if (!next) return { state, isWhole: true };
    await deps.files.putBound(saleId, next.news.root, next.hashes);
    await faultPoint("line_before_orders");
    const added = await deps.logs.append(saleId, state, next.news, when.nowMs);
    // Somebody else has added a line: the next look goes on.
    if (!added) return { state, isWhole: false };
    state = added;
  }
}

/** The orders that are bound, by hash, where some of their places have come late; null: none has. */
async function boundHashes(
  { files }: BindDependencies,
  saleId: SaleId,
  bound: BoundOrders | null,
  rows: readonly { readonly place: number }[],
): Promise<ReadonlySet<string> | null> {
  if (!bound || rows.filter(({ place }) => place <= bound.place).length === bound.count) return null;
  const hashes = new Set<string>();
  for (const root of bound.roots) for (const hash of await files.readBound(saleId, root)) hashes.add(hash);
  return hashes;
}
