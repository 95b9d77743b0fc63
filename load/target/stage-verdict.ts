import type { SaleWatch } from "../../core/contract/admin.ts";
import type { OrderPage } from "../../core/contract/admin-orders.ts";
import type { ReconciliationReport } from "../../core/contract/reconciliation.ts";
import { type ClientAnswer, isFinal, saysHeld } from "../verdict/client-answer.ts";
import { mustEqual, type Violation, violationOf } from "../verdict/violation.ts";

/** What a deployed stage says of one of its sales, through its own API: its stores cannot be read from outside. */
export type StageFacts = {
  /** In the gate. */
  readonly stock: NonNullable<SaleWatch["stock"]>;
  readonly orders: OrderPage["orders"];
  readonly report: ReconciliationReport;
};

/**
 * Judges a sale of a deployed stage that has come to rest: the stage's own comparison of gate, ledger and PostgreSQL, and its
 * order rows against every answer that a shopper got. Weaker than the verdict on a local cloud, which counts by itself.
 */
export function judgeStage({ stock, orders, report }: StageFacts, log: readonly ClientAnswer[]): Violation[] {
  const { available, held, sold, withheld, allocated } = stock;
  const toldIds = new Set(log.filter(saysHeld).map(({ orderId }) => orderId));
  const rows = orders.filter(({ state }) => state !== "rejected");
  const rowIds = new Set(rows.map(({ orderId }) => orderId));
  const buyers = Map.groupBy(rows, ({ buyerId }) => buyerId);
  const intents = Map.groupBy(log, ({ buyerId, key }) => `${buyerId} key ${key}`);
  return [
    ...mustEqual(
      "conservation",
      "available + held + sold + withheld and allocated",
      available + held + sold + withheld,
      allocated,
    ),
    ...mustEqual("one_truth", "units sold in the gate and units of the rows", sold, unitsOf(rows)),
    ...report.identities
      .filter(({ holds }) => !holds)
      .map(({ name, left, right }): Violation => ({
        law: "one_truth",
        finding: `${name}: ${left} is not ${right}`,
      })),
    ...violationOf(
      "one_truth",
      "orders that the stores tell differently",
      report.differences.map(({ orderId }) => orderId),
    ),
    ...mustEqual("settled", "orders under way", report.inFlight + report.undecided, 0),
    ...violationOf(
      "one_truth",
      "orders that buyers were told of, and no row",
      [...toldIds].filter((id) => !rowIds.has(id)),
    ),
    ...violationOf(
      "one_truth",
      "rows that nobody was told of",
      [...rowIds].filter((id) => !toldIds.has(id)),
    ),
    ...violationOf(
      "one_per_buyer",
      "buyers with two orders",
      [...buyers].filter(([, all]) => all.length > 1).map(([id]) => id),
    ),
    ...violationOf(
      "unresolved",
      "keys without a final answer",
      [...intents].filter(([, all]) => !all.some(isFinal)).map(([id]) => id),
    ),
    ...violationOf(
      "untrue",
      "buyers told sold_out while units were left",
      log
        .filter(({ kind, quantity }) => kind === "sold_out" && quantity <= available)
        .map(({ buyerId }) => buyerId),
    ),
  ];
}

/** The same for people. */
export function formatStageVerdict(
  facts: StageFacts,
  log: readonly ClientAnswer[],
  violations: readonly Violation[],
): string {
  const { stock } = facts;
  const kinds = Map.groupBy(log, ({ kind }) => kind);
  return [
    `client log: accepted   ${new Set(log.filter(saysHeld).map(({ orderId }) => orderId)).size}`,
    `orders (PostgreSQL)    ${facts.orders.filter(({ state }) => state !== "rejected").length}`,
    ...facts.report.identities.map(({ name, left, right }) => `${name}: ${left} = ${right}`),
    `stock     available ${stock.available} + held ${stock.held} + sold ${stock.sold} + withheld ${stock.withheld} = allocated ${stock.allocated}`,
    `answers   ${[...kinds].map(([kind, all]) => `${kind} ${all.length}`).join(", ")}`,
    "",
    ...(violations.length === 0
      ? ["EQUAL: what buyers were told is what the stage has, by id; its own comparison finds no difference."]
      : ["NOT EQUAL:", ...violations.map(({ law, finding }) => `  ${law}: ${finding}`)]),
  ].join("\n");
}

const unitsOf = (rows: StageFacts["orders"]) => rows.reduce((sum, { unitsLeft }) => sum + unitsLeft, 0);
