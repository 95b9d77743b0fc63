import { faultPoint } from "../../fault-point.ts";
import type { SaleId } from "../../ids.ts";
import {
  boundUnitsRows,
  type KnownUnits,
  mayBecome,
  readUnits,
  rootOfUnits,
  unitsRows,
  unitsText,
  unitsToBind,
  type UnitsRow,
} from "../../line/bound-units.ts";
import type { LineFiles } from "../../line/line-files.dynamo.ts";
import type { LineLogs } from "../../line/line-log.dynamo.ts";
import type { BoundUnits, LineState } from "../../line/line-state.ts";
import type { Warn } from "../../log.ts";
import type { SaleEntry } from "../../reservation/ledger.ts";

export type BindUnitsDependencies = {
  readonly files: Pick<LineFiles, "putUnits" | "readUnits">;
  readonly logs: Pick<LineLogs, "append">;
  readonly warn: Warn;
};

/**
 * Says in the log what became of the orders of a sale that is over and settled, and later each change of it: whoever says of an
 * order that it has other units, or another state, no longer fits the log. What a line binds is kept before it is added, since the
 * next one says what each changed order was.
 *
 * @param entries all orders, which the log binds already.
 * @returns whether the log has all of it, and the state that it has come to.
 */
export async function bindUnits(
  deps: BindUnitsDependencies,
  saleId: SaleId,
  known: LineState,
  entries: readonly SaleEntry[],
  nowMs: number,
): Promise<{ readonly state: LineState; readonly isWhole: boolean }> {
  const rows = unitsRows(entries);
  for (let state = known; ;) {
    const { units, rules, bound } = state;
    // A line that an older version has begun binds none, to its end; and of no order there is nothing to say.
    if ((rules?.version ?? 0) < 3 || !bound) return { state, isWhole: true };
    if (units?.count === rows.length && units.root === rootOfUnits(rows)) return { state, isWhole: true };
    const before = await readBefore(deps, saleId, units);
    if (units && !isLawful(rows, units, before)) {
      deps.warn("what became of orders is not what the log binds", { saleId, bound: units.count });
      return { state, isWhole: false };
    }
    const next = unitsToBind(rows, units, before);
    if (!next) return { state, isWhole: true };
    await deps.files.putUnits(saleId, next.news.root, next.rows.map(unitsText));
    await faultPoint("line_before_units");
    const added = await deps.logs.append(saleId, state, next.news, nowMs);
    // Somebody else has added a line: the next look goes on.
    if (!added) return { state, isWhole: false };
    state = added;
  }
}

/** What the last line has bound: that of each line before, one over the other. */
async function readBefore(
  { files }: BindUnitsDependencies,
  saleId: SaleId,
  units: BoundUnits | null,
): Promise<KnownUnits> {
  const known = new Map<string, UnitsRow>();
  for (const root of units?.roots ?? [])
    for (const text of await files.readUnits(saleId, root)) {
      const row = readUnits(text);
      known.set(row.hash, row);
    }
  return known;
}

/** Whether what was kept is what the log binds, and the orders may have come from there to where they are. */
function isLawful(rows: readonly UnitsRow[], units: BoundUnits, before: KnownUnits): boolean {
  const bound = boundUnitsRows(rows, before);
  if (bound.length !== units.count || rootOfUnits(bound) !== units.root) return false;
  return rows.every((row) => {
    const was = before.get(row.hash);
    return !was || unitsText(was) === unitsText(row) || mayBecome(was, row);
  });
}
