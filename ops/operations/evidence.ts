import type { Commander } from "../../core/acts/act.ts";
import { recordAct } from "../../core/acts/acts.postgres.ts";
import type { Issuer } from "../../core/evidence/issue-receipt.ts";
import { issueReport, type ReportDependencies } from "../../core/evidence/issue-report.ts";
import type { EvidenceKeyStore } from "../../core/evidence/evidence-keys.dynamo.ts";
import { orderLines } from "../../core/evidence/reported-orders.postgres.ts";
import type { LineLogs } from "../../core/line/line-log.dynamo.ts";
import type { Sale } from "../../core/sale/sale.ts";
import type { OrderId } from "../../core/ids.ts";
import { type OperationResult, UsageError } from "./operation.ts";

export type EvidenceDependencies = ReportDependencies & {
  readonly logs: Pick<LineLogs, "read" | "texts">;
  readonly issuer: () => Issuer;
  readonly evidenceKeys: EvidenceKeyStore;
};

/** `report <sale>`: the signed report with its orders and its log, as verify-evidence.mjs reads it. */
export async function reportCommand(deps: EvidenceDependencies, sale: Sale): Promise<OperationResult> {
  const report = await issueReport(deps, deps.issuer(), sale);
  let orders = "";
  let after: OrderId | null = null;
  do {
    const page: Awaited<ReturnType<typeof orderLines>> = await orderLines(deps.db, sale.saleId, after);
    orders += page.text;
    after = page.next;
  } while (after !== null);
  const said = JSON.parse(Buffer.from(report.payload, "base64url").toString()) as {
    log: { lines: number } | null;
  };
  const log =
    said.log === null
      ? null
      : (await deps.logs.texts(sale.saleId, 0, said.log.lines)).map((line) => `${line}\n`).join("");
  return { isWell: true, output: JSON.stringify({ report, orders, log }) };
}

/** `evidence keys`, `evidence revoke <kid>`. */
export async function evidenceCommand(
  { evidenceKeys, issuer, db }: EvidenceDependencies,
  [action, kid]: readonly string[],
  doer: Commander,
): Promise<OperationResult> {
  if (action === "keys") return { isWell: true, output: JSON.stringify(await evidenceKeys.all(), null, 2) };
  if (action !== "revoke" || kid === undefined)
    throw new UsageError("Say `evidence keys`, or `evidence revoke` with the kid of a key.");
  await recordAct(db, {
    actId: `revoke_${kid}`,
    doer,
    action: "evidence_key_revoked",
    before: {},
    after: { kid },
  });
  const isKnown = await evidenceKeys.revoke(kid, issuer().nowMs());
  return { isWell: isKnown, output: isKnown ? "Revoked." : "There is no such key." };
}
