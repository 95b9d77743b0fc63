import type { SaleId } from "../../../core/ids.ts";
import { judgePaid } from "../../crowd/paid/judge-paid.ts";
import { judgePaidStores } from "../../crowd/paid/judge-paid-stores.ts";
import type { ClientAnswer } from "../../verdict/client-answer.ts";
import type { Facts } from "../../verdict/facts.ts";
import { unitsLeft } from "../../verdict/units.ts";
import { violationOf } from "../../verdict/violation.ts";
import { type FaultRun, type LineCheck, nameOf } from "../fault.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import { forgetSale } from "../forget-sale.postgres.ts";
import { keepHistory } from "../keep-history.ts";
import { readRecoveries } from "../read-recoveries.postgres.ts";
import { type FaultResult, notAtRest } from "../run-fault.ts";
import type { Payer } from "./payer.ts";
import type { PaymentFault } from "./payment-fault.ts";
import type { Rest } from "./run-payment-fault.ts";
import { toldUntrue } from "./told-states.ts";

export type Struck = Rest & {
  readonly saleId: SaleId;
  readonly priceMinor: number;
  readonly payers: readonly Payer[];
  readonly log: readonly ClientAnswer[];
  readonly checks: readonly LineCheck[];
  readonly startedMs: number;
  readonly mendedMs: number;
  readonly historyFolder: string;
};

/** Judges it by the laws of stock and of money, and by all that each buyer was told meanwhile. */
export async function judgePaymentFault(
  cloud: FaultCloud,
  run: FaultRun<PaymentFault>,
  {
    facts,
    books,
    restedAtMs,
    priceMinor,
    saleId,
    payers,
    log,
    checks,
    startedMs,
    mendedMs,
    historyFolder,
  }: Struck,
): Promise<FaultResult> {
  const toldOrders = new Set(payers.map(({ orderId }) => orderId));
  const answers = payers.map(({ orderId, hasPaid }) => ({ orderId, hasPaid: hasPaid() }));
  const recoveries = await readRecoveries(cloud.stores().databaseUrl, saleId);
  const untrue = [...toldUntrue(payers), ...toldOtherwise(payers, facts)];
  const all = [
    ...judgePaid(facts, books, answers, priceMinor),
    ...judgePaidStores(facts, toldOrders),
    ...violationOf("untrue", "buyers who were told what was not so", untrue),
    ...violationOf(
      "line",
      "promises of the line broken",
      checks.flatMap((check) => check({ facts, recoveries })),
    ),
    ...notAtRest(restedAtMs),
  ];
  const violations = all.filter(({ law }) => run.fault.voids?.[law] === undefined);
  const kept = {
    saleId,
    crowd: { log, silent: new Set<string>() },
    facts,
    violations,
    recoveries,
    errors: [...cloud.errors, JSON.stringify(books)],
  };
  const history = violations.length === 0 ? null : keepHistory(historyFolder, nameOf(run), kept);
  await forgetSale(cloud.stores().databaseUrl, saleId);
  const rows = new Set(facts.database.rows.map(({ orderId }) => orderId));
  return {
    violations,
    lost: [...toldOrders].filter((orderId) => !rows.has(orderId)).length,
    doubled: Math.max(0, unitsLeft(facts.database.rows) - facts.database.allocated),
    untrueAnswers: untrue.length,
    run,
    inFlight: payers.length,
    answersMs: null,
    restMs: restedAtMs === null ? null : restedAtMs - mendedMs,
    recoveries,
    tookMs: performance.now() - startedMs,
    history,
  };
}

/** At rest, each buyer is told what the ledger says. */
function toldOtherwise(payers: readonly Payer[], { ledger }: Facts): string[] {
  const states = new Map(ledger.map(({ orderId, state }) => [orderId, state]));
  return payers.flatMap(({ orderId, seen }) =>
    states.get(orderId) === seen.at(-1) ? [] : [`${orderId} (${seen.at(-1)}, and is ${states.get(orderId)})`],
  );
}
