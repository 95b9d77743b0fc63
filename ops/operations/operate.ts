import * as v from "valibot";
import { saleId } from "../../core/contract/ids.ts";
import type { SaleId } from "../../core/ids.ts";
import type { DeadLetters } from "../../core/orders/dead-letters.sqs.ts";
import { parseReservation } from "../../core/reservation/reservation.ts";
import { reportOf } from "../../core/reconciliation/compare-stores.ts";
import { reportCsv } from "../../core/reconciliation/report-csv.ts";
import { archiveSale } from "../../core/guardian/archive-sale.ts";
import { findClosedSale } from "../../core/guardian/archive.postgres.ts";
import type { GuardDependencies } from "../../core/guardian/guard-sale.ts";
import { recoverByHand } from "../../core/guardian/recover-by-hand.ts";
import type { PreflightDependencies } from "../../core/preflight/read-preflight.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { preflightSale } from "./preflight-sale.ts";

export const OPERATIONS = `  preflight <sale>                   whether a sale may open: go or no-go, and why
  recover <sale>                     rebuild a sale's gate from the ledger, now
  reconcile <sale> [--csv]           compare gate, ledger, orders, queue and dead letters
  archive <sale>                     remove a closed sale's gate from Redis, now; ledger, orders and report stay
  dead-letters list                  messages that kept failing
  dead-letters redrive <id>… | --all move them back to the order queue`;

export type OperationDependencies = GuardDependencies &
  PreflightDependencies & { readonly deadLetterBox: DeadLetters };

/** Text for people or programs, and whether all is well. */
export type OperationResult = { readonly isWell: boolean; readonly output: string };

/** Thrown for words that are no operation; its message says what is. */
export class UsageError extends Error {}

/** Runs one operator's command, given as words; on a developer's machine and in the deployed function alike. */
export async function operate(
  deps: OperationDependencies,
  words: readonly string[],
): Promise<OperationResult> {
  const [command, ...rest] = words;
  switch (command) {
    case "preflight":
      return preflightSale(deps, readSale(rest[0]), rest[1]);
    case "recover":
      return json(await recoverByHand(deps, readSale(rest[0])));
    case "reconcile":
      return reconcileSale(deps, readSale(rest[0]), rest.includes("--csv"));
    case "archive":
      return archive(deps, readSale(rest[0]));
    case "dead-letters":
      return deadLetters(deps.deadLetterBox, rest);
    default:
      throw new UsageError(`There is no operation "${command ?? ""}". There are:\n${OPERATIONS}`);
  }
}

const json = (value: unknown, isWell = true): OperationResult => ({
  isWell,
  output: JSON.stringify(value, null, 2),
});

function readSale(text: string | undefined): SaleId {
  const parsed = v.safeParse(saleId, text);
  if (!parsed.success) throw new UsageError(`Name the sale, such as sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD.`);
  return parsed.output;
}

async function reconcileSale(
  deps: OperationDependencies,
  id: SaleId,
  asCsv: boolean,
): Promise<OperationResult> {
  const sale = await findSale(deps.db, id);
  if (!sale) return noSuch(id);
  const report = await reportOf(deps, sale);
  if (!report)
    return { isWell: false, output: "The gate is lost or recovering: there is nothing to compare with yet." };
  const isWell = report.driftUnits === 0 && report.deadLetters === 0;
  return asCsv ? { isWell, output: reportCsv(report) } : json(report, isWell);
}

const noSuch = (id: SaleId): OperationResult => ({ isWell: false, output: `There is no sale ${id}.` });

async function archive(deps: OperationDependencies, id: SaleId): Promise<OperationResult> {
  const sale = await findClosedSale(deps.db, id);
  if (!sale) return { isWell: false, output: `${id} is no closed sale: only those are archived.` };
  const outcome = await archiveSale(deps, sale);
  const isWell = outcome === "archived";
  return {
    isWell,
    output: isWell ? "Archived." : "Not archived: the sale goes on, or something moved in it.",
  };
}

async function deadLetters(box: DeadLetters, words: readonly string[]): Promise<OperationResult> {
  const [action, ...ids] = words;
  if (action === "list") {
    const letters = await box.list();
    return json(
      letters.map((letter) => ({ ...letter, order: orderIn(letter.body) })),
      letters.length === 0,
    );
  }
  if (action !== "redrive" || ids.length === 0)
    throw new UsageError("Say `dead-letters list`, or `dead-letters redrive` with message ids or --all.");
  return json({ moved: await box.redrive(ids.includes("--all") ? "all" : new Set(ids)) });
}

/** The order that a message is about; null: it is no reservation at all. */
function orderIn(body: string): string | null {
  try {
    return parseReservation(body).orderId;
  } catch {
    return null;
  }
}
