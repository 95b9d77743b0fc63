import * as v from "valibot";
import type { SaleId } from "../ids.ts";
import { judgeReadiness } from "../readiness/readiness.ts";
import { type ReadinessDependencies, readReadiness } from "../readiness/read-readiness.ts";
import type { OperationResult } from "./operate.ts";

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

/** `ready <sale> [facts]`: whether the sale may open. The facts of AWS come, as JSON, from whoever may ask it for them. */
export async function readySale(
  deps: ReadinessDependencies,
  saleId: SaleId,
  stageJson: string | undefined,
): Promise<OperationResult> {
  const stage = stageJson === undefined ? null : v.parse(stageFacts, JSON.parse(stageJson));
  const facts = await readReadiness(deps, saleId, stage);
  if (!facts) return { isWell: false, output: `There is no sale ${saleId}.` };
  const { verdict, checks } = judgeReadiness(facts);
  const lines = checks.map(({ name, result, says }) => `${MARKS[result]}  ${name}: ${says}`);
  const isWell = verdict === "go";
  return { isWell, output: [...lines, "", isWell ? "GO" : "NO-GO"].join("\n") };
}
