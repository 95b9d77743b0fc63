import { randomUUID } from "node:crypto";
import * as v from "valibot";
import type { Act, Commander } from "../../core/acts/act.ts";
import { recordAct } from "../../core/acts/acts.postgres.ts";
import { saleId } from "../../core/contract/ids.ts";
import type { SaleId } from "../../core/ids.ts";
import type { DeadLetters } from "../../core/orders/dead-letters.sqs.ts";
import { deadLetterList, redriveDeadLetters } from "../../core/orders/redrive.ts";
import { reportOf } from "../../core/reconciliation/compare-stores.ts";
import { reportCsv } from "../../core/reconciliation/report-csv.ts";
import { archiveSale } from "../../core/guardian/archive-sale.ts";
import { findClosedSale } from "../../core/guardian/archive.postgres.ts";
import type { GuardDependencies } from "../../core/guardian/guard-sale.ts";
import { recoverByHand } from "../../core/guardian/recover-by-hand.ts";
import type { PreflightDependencies } from "../../core/preflight/read-preflight.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { type BuyerDataDependencies, buyerDataCommand } from "./buyer-data.ts";
import { evidenceCommand, type EvidenceDependencies, reportCommand } from "./evidence.ts";
import { type OperationResult, UsageError } from "./operation.ts";
import { preflightSale } from "./preflight-sale.ts";

export const OPERATIONS = `  preflight <sale>                   whether a sale may open: go or no-go, and why
  recover <sale>                     rebuild a sale's gate from the ledger, now
  reconcile <sale> [--csv]           compare gate, ledger, orders, queue and dead letters
  archive <sale>                     remove a closed sale's gate from Redis, now; ledger, orders and report stay
  dead-letters list                  messages that kept failing
  dead-letters redrive <id>… | --all move them back to the order queue
  report <sale>                      the signed report with its orders and log, as verify-evidence.mjs reads it
  evidence keys                      the public keys of receipts and reports
  evidence revoke <kid>              say that a key may be in other hands: nothing that it signed counts any more
  buyer export <address or id>       all that is kept of a buyer, as JSON
  buyer erase <address or id>        delete what leads to a buyer, or postpone it and say why; asked again it goes on
  buyer erasures                     the last deletions`;

export type OperationDependencies = GuardDependencies &
  PreflightDependencies &
  BuyerDataDependencies &
  EvidenceDependencies & { readonly deadLetterBox: DeadLetters };

/**
 * Runs one operator's command, given as words; on a developer's machine and in the deployed function alike. What changes
 * something is written into the audit log first.
 *
 * @param by who gives it, as they call themselves.
 */
export async function operate(
  deps: OperationDependencies,
  words: readonly string[],
  by = "an operator's command",
): Promise<OperationResult> {
  const doer: Commander = { name: by.slice(0, 200), requestId: randomUUID() };
  const [command, ...rest] = words;
  switch (command) {
    case "preflight":
      return preflightSale(deps, readSale(rest[0]), rest[1]);
    case "recover":
      return recover(deps, readSale(rest[0]), doer);
    case "reconcile":
      return reconcileSale(deps, readSale(rest[0]), rest.includes("--csv"));
    case "archive":
      return archive(deps, readSale(rest[0]), doer);
    case "dead-letters":
      return deadLetters(deps, rest, doer);
    case "report": {
      const sale = await findSale(deps.db, readSale(rest[0]));
      return sale ? reportCommand(deps, sale) : noSuch(readSale(rest[0]));
    }
    case "evidence":
      return evidenceCommand(deps, rest, doer);
    case "buyer":
      return buyerDataCommand(deps, rest, doer);
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

const tell = ({ db }: OperationDependencies, action: Act["action"], doer: Commander, of: SaleId) =>
  recordAct(db, { actId: `${action}_${doer.requestId}`, doer, action, before: {}, after: {}, saleId: of });

async function recover(deps: OperationDependencies, id: SaleId, doer: Commander): Promise<OperationResult> {
  if (await findSale(deps.db, id)) await tell(deps, "recovery_begun", doer, id);
  return json(await recoverByHand(deps, id));
}

async function archive(deps: OperationDependencies, id: SaleId, doer: Commander): Promise<OperationResult> {
  const sale = await findClosedSale(deps.db, id);
  if (!sale) return { isWell: false, output: `${id} is no closed sale: only those are archived.` };
  await tell(deps, "archived", doer, id);
  const outcome = await archiveSale(deps, sale);
  const isWell = outcome === "archived";
  return {
    isWell,
    output: isWell ? "Archived." : "Not archived: the sale goes on, or something moved in it.",
  };
}

async function deadLetters(
  { db, deadLetterBox: box }: OperationDependencies,
  words: readonly string[],
  doer: Commander,
): Promise<OperationResult> {
  const [action, ...ids] = words;
  if (action === "list") {
    const letters = await box.list();
    const listed = deadLetterList(letters).letters;
    return json(
      letters.map((letter, index) => ({ ...letter, order: listed[index]?.orderId ?? null })),
      letters.length === 0,
    );
  }
  if (action !== "redrive" || ids.length === 0)
    throw new UsageError("Say `dead-letters list`, or `dead-letters redrive` with message ids or --all.");
  const letterIds = ids.includes("--all") ? "all" : new Set(ids);
  return json({ moved: await redriveDeadLetters({ db, box }, letterIds, doer) });
}
