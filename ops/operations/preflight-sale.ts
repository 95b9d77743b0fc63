import * as v from "valibot";
import type { SaleId } from "../../core/ids.ts";
import { judgePreflight } from "../../core/preflight/preflight.ts";
import { type PreflightDependencies, readPreflight } from "../../core/preflight/read-preflight.ts";
import type { OperationResult } from "./operation.ts";

const count = v.pipe(v.number(), v.minValue(0));
const stageFacts = v.object({
  attemptsPerSecond: count,
  gateInstance: v.string(),
  concurrencyLimit: count,
  apiRateLimit: count,
  warm: v.object({ requested: count, available: count }),
  alarms: v.array(v.object({ name: v.string(), state: v.string(), isArmed: v.boolean() })),
});

const MARKS = { go: "go     ", no_go: "NO-GO  ", unknown: "unknown" } as const;

/** `preflight <sale> [facts]`: whether the sale may open. The facts of AWS come, as JSON, from whoever may ask it for them. */
export async function preflightSale(
  deps: PreflightDependencies,
  saleId: SaleId,
  stageJson: string | undefined,
): Promise<OperationResult> {
  const stage = stageJson === undefined ? null : v.parse(stageFacts, JSON.parse(stageJson));
  const facts = await readPreflight(deps, saleId, stage);
  if (!facts) return { isWell: false, output: `There is no sale ${saleId}.` };
  const { verdict, checks } = judgePreflight(facts);
  const lines = checks.map(({ name, result, finding }) => `${MARKS[result]}  ${name}: ${finding}`);
  const isWell = verdict === "go";
  return { isWell, output: [...lines, "", isWell ? "GO" : "NO-GO"].join("\n") };
}
