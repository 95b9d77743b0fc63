import { lineModeOf } from "../../contract/sale-mode.ts";
import { isDecided } from "../../line/is-decided.ts";
import type { LineFiles } from "../../line/line-files.dynamo.ts";
import type { LineLogs } from "../../line/line-log.dynamo.ts";
import { type LineState, noLine } from "../../line/line-state.ts";
import { orderPages } from "../../line/public-orders.ts";
import { hasHash } from "../../line/sort-hashes.ts";
import type { Measure } from "../../metrics.ts";
import type { Warn } from "../../log.ts";
import { isSettled } from "../../reconciliation/report.ts";
import type { SaleEntry } from "../../reservation/ledger.ts";
import type { Sale } from "../../sale/sale.ts";
import { bindOrders } from "../line/bind-orders.ts";
import { bindUnits } from "../line/bind-units.ts";
import type { Duty } from "./duty.ts";
import { isOverAt } from "./is-over.ts";

export type PublishDependencies = {
  readonly files: Pick<
    LineFiles,
    "putOrders" | "readList" | "putBound" | "readBound" | "putUnits" | "readUnits"
  >;
  readonly logs: Pick<LineLogs, "read" | "append">;
  readonly measure: Measure;
  readonly warn: Warn;
};

/**
 * Publishes the orders of a line after each comparison of the stores, and rings when one of them has a leaf that is in no
 * list: it was sold to somebody who never stood in line. What is published once the sale is over and settled is final.
 *
 * The log binds orders only after they are published, and a table is called final only once the log binds all of it, with what became of
 * each order: whoever reads in between finds no less than the log says.
 */
export function publishDuty(deps: PublishDependencies): Duty {
  /** The leaves of each list, in their order: it never changes. A million take 32 MB. */
  const lists = new Map<number, Buffer>();
  let published = "";
  let log: LineState = noLine;

  return async ({ sale, view, fence, comparison }) => {
    if (lineModeOf(sale.mode) === null || !comparison) return "next";
    const { facts, report } = comparison;
    log = await deps.logs.read(sale.saleId, log);
    const begunAtMs = beginOf(log, sale);
    // A sale that was open before had no line to stand in.
    const inLine = facts.ledger.filter(({ reservation }) => reservation.reservedAtMs >= begunAtMs);
    const strangers = await strangersIn(deps, inLine, lists);
    deps.measure("OrdersOutsideLine", strangers.length);
    if (strangers.length > 0)
      deps.warn("orders have a leaf that is in no list", { saleId: sale.saleId, orderIds: strangers });
    const { pages, count } = orderPages(facts.ledger);
    const hasSettled = isSettled(report);
    const isOver = isOverAt(sale, view.nowMs) && hasSettled;
    const isFinal = isOver && isToldToTheEnd(log, facts.ledger);
    // Another guardian may have published since this one last held the lease.
    const version = [fence, ...pages, isFinal].join("\n");
    const { saleId } = sale;
    const put = async (isSaidFinal: boolean) =>
      version === published || deps.files.putOrders(saleId, { pages, count, isFinal: isSaidFinal, fence });
    if (!(await put(false))) return "done";
    const { state, isWhole } = await bindOrders(deps, saleId, log, facts.ledger, {
      nowMs: view.nowMs,
      // Then nothing is on its way, and no comparison follows until something moves.
      isSettled: hasSettled,
    });
    log = state;
    // It is not closed before its table is final.
    if (isOver && !(isFinal && isWhole)) return "done";
    if (isFinal) {
      const units = await bindUnits(deps, saleId, log, facts.ledger, view.nowMs);
      log = units.state;
      if (!units.isWhole) return "done";
    }
    if (isFinal && !(await put(true))) return "done";
    published = version;
    return "next";
  };
}

/** Whether the log says that the line has ended, and the ledger's copies that each order is decided: both may be a moment behind. */
const isToldToTheEnd = ({ rules, end }: LineState, ledger: readonly SaleEntry[]): boolean =>
  (rules === null || end !== null) && ledger.every(({ state }) => isDecided(state.kind));

/** From when on the units of a sale go by turns. */
const beginOf = ({ begunAtMs }: LineState, { mode }: Pick<Sale, "mode">): number =>
  mode.kind === "open" ? (begunAtMs ?? Number.POSITIVE_INFINITY) : 0;

/** The orders whose leaf is in no list of the log. */
async function strangersIn(
  { files, logs }: PublishDependencies,
  entries: readonly SaleEntry[],
  lists: Map<number, Buffer>,
): Promise<string[]> {
  const strangers: string[] = [];
  for (const { reservation } of entries) {
    const { saleId, orderId, leaf, list } = reservation;
    if (list !== undefined && !lists.has(list)) {
      const root = (await logs.read(saleId)).lists[list]?.root?.root;
      const closed = root === undefined ? null : await files.readList(saleId, { list, root });
      if (closed) lists.set(list, closed.leaves);
    }
    const leaves = list === undefined ? undefined : lists.get(list);
    if (!leaves || leaf === undefined || !hasHash(leaves, Buffer.from(leaf, "hex"))) strangers.push(orderId);
  }
  return strangers;
}
