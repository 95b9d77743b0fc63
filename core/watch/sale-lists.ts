import type { PastSalePage, SaleStatus } from "../contract/sale.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import { isCurrent } from "../sale/current-sales.ts";
import { isListed } from "../sale/listed-sales.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import type { Sale } from "../sale/sale.ts";
import { readGateOf } from "./read-gate.ts";
import { saleStatus } from "./sale-view.ts";

export type ListDependencies = { readonly saleRecords: SaleRecords; readonly gate: Gate };

export const PAST_SALES_A_PAGE = 24;
const RECORDS_A_READ = 50;
/** A page that many current or unlisted sales stand before is cut short: its reader asks for the next. */
const MOST_READS = 4;

/** The sales that shoppers are shown first: open, to be opened, or ended lately. What it costs does not grow with past ones. */
export async function currentStatuses(deps: ListDependencies, nowMs: number): Promise<SaleStatus[]> {
  const sales = await deps.saleRecords.current();
  return statusesOf(
    deps,
    sales.filter((sale) => isListed(sale) && isCurrent(sale, nowMs)),
    nowMs,
  );
}

/** The past sales before one of them, newest first. */
export async function pastStatuses(
  deps: ListDependencies,
  before: SaleId | "newest",
  nowMs: number,
): Promise<PastSalePage> {
  let next: SaleId | null = before === "newest" ? null : before;
  const past: Sale[] = [];
  for (let reads = 0; reads < MOST_READS && past.length < PAST_SALES_A_PAGE; reads++) {
    const page = await deps.saleRecords.page(next, RECORDS_A_READ);
    past.push(...page.sales.filter((sale) => isListed(sale) && !isCurrent(sale, nowMs)));
    next = page.next;
    if (next === null) break;
  }
  const shown = past.slice(0, PAST_SALES_A_PAGE);
  const isCut = past.length > shown.length;
  return { sales: await statusesOf(deps, shown, nowMs), next: isCut ? shown.at(-1)!.saleId : next };
}

const statusesOf = ({ gate }: ListDependencies, sales: readonly Sale[], nowMs: number) =>
  Promise.all(sales.map(async (sale) => saleStatus(sale, await readGateOf(gate, sale), nowMs)));
