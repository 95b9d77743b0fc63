import { changedRules, firstPace, rulesOf } from "../../line/line-rules.ts";
import type { Chain } from "../../line/log-line.ts";
import type { Sale } from "../../sale/sale.ts";
import { lockSale } from "../../sale/sales.postgres.ts";
import { isOverAt } from "../duties/is-over.ts";
import { hasAnyJoined, type JoinedDependencies } from "./has-any-joined.ts";
import type { LineWriter } from "./line-writer.ts";

export type OpenLineDependencies = JoinedDependencies & { readonly chain: Chain };

/**
 * Begins a sale's log once somebody has joined, and lets it say what has changed of the sale since. From line 0 on the mode
 * stays: it is written under the row's lock, under which a change of the mode looks for it.
 *
 * @returns whether there is a log.
 */
export async function openLine(deps: OpenLineDependencies, sale: Sale, writer: LineWriter): Promise<boolean> {
  if (!writer.state().rules && !(await beginLog(deps, sale, writer))) return false;
  if (!writer.state().pace) await writer.add({ kind: "settings", ...firstPace(sale), role: "operator" });
  const changed = changedRules(writer.state(), sale);
  if (changed) await writer.add(changed);
  if (isOverAt(sale, writer.nowMs()) && writer.state().end === null)
    await writer.add({ kind: "end", reason: "ended" });
  return true;
}

async function beginLog(deps: OpenLineDependencies, sale: Sale, writer: LineWriter) {
  const { db, chain } = deps;
  const rules = rulesOf(sale, chain);
  if (!rules) return false;
  if (writer.nowMs() < rules.closesAtMs && !(await hasAnyJoined(deps, sale))) return false;
  return db.transaction().execute(async (trx) => {
    const locked = await lockSale(trx, sale.saleId);
    const present = locked && rulesOf(locked, chain);
    if (!present) return false;
    await writer.add(present);
    return true;
  });
}
