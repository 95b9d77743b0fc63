import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SaleId } from "../../core/ids.ts";
import { formatVerdict } from "../verdict/format-verdict.ts";
import type { Facts } from "../verdict/facts.ts";
import type { Violation } from "../verdict/violation.ts";
import type { ClosedCrowd } from "./crowd/closed-crowd.ts";

export type History = {
  readonly saleId: SaleId;
  readonly crowd: Pick<ClosedCrowd, "log" | "silent">;
  readonly facts: Facts;
  readonly violations: readonly Violation[];
  readonly recoveries: readonly unknown[];
  readonly errors: readonly unknown[];
};

/** Keeps what is needed to understand a miss; what the workers wrote lies beside it. Answers the folder. */
export function keepHistory(folder: string, name: string, history: History): string {
  const { saleId, crowd, facts, violations, recoveries, errors } = history;
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const lines = crowd.log.map((answer) => `${JSON.stringify(answer)}\n`).join("");
  writeFileSync(join(path, "client-log.jsonl"), lines);
  const holders = {
    bits: facts.gate.holders.bits,
    bytes: Buffer.from(facts.gate.holders.bytes).toString("base64"),
  };
  const kept = {
    saleId,
    violations,
    recoveries,
    facts: { ...facts, gate: { ...facts.gate, holders } },
    neverRetried: [...crowd.silent],
    errors: errors.map(String),
  };
  writeFileSync(join(path, "facts.json"), JSON.stringify(kept, null, 2));
  writeFileSync(join(path, "verdict.txt"), `${formatVerdict(facts, crowd.log, violations)}\n`);
  return path;
}
