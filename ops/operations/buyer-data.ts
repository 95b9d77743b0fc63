import * as v from "valibot";
import type { Commander } from "../../core/acts/act.ts";
import { aboutBuyer } from "../../core/contract/buyer-data.ts";
import { eraseBuyer } from "../../core/erasure/erase-buyer.ts";
import { exportBuyer, type ExportDependencies } from "../../core/erasure/export-buyer.ts";
import { erasureView, lastErasures } from "../../core/erasure/erasures.postgres.ts";
import { type OperationResult, UsageError } from "./operation.ts";

export type BuyerDataDependencies = { readonly buyerData: ExportDependencies };

const NOBODY: OperationResult = { isWell: false, output: "Nobody is known by this address." };
const json = (value: unknown, isWell = true): OperationResult => ({
  isWell,
  output: JSON.stringify(value, null, 2),
});

/** `buyer export <who>`, `buyer erase <who>`, `buyer erasures`. */
export async function buyerDataCommand(
  { buyerData }: BuyerDataDependencies,
  [action, who]: readonly string[],
  doer: Commander,
): Promise<OperationResult> {
  if (action === "erasures") return json((await lastErasures(buyerData.db)).map(erasureView));
  const named = v.safeParse(aboutBuyer, { who });
  if ((action !== "export" && action !== "erase") || !named.success)
    throw new UsageError(
      "Say `buyer export` or `buyer erase` with a mail address or id, or `buyer erasures`.",
    );
  if (action === "export") {
    const found = await exportBuyer(buyerData, named.output.who, doer);
    return found ? json(found) : NOBODY;
  }
  const erasure = await eraseBuyer(buyerData, named.output.who, doer);
  return erasure ? json(erasure, erasure.state === "done") : NOBODY;
}
