import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SaleId } from "../../core/ids.ts";
import type { ClientAnswer } from "../verdict/client-answer.ts";

const FOLDER = ".local/crowd";

/** Keeps every answer as JSON lines; answers the file's path. */
export function writeClientLog(saleId: SaleId, log: readonly ClientAnswer[]): string {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${saleId}.jsonl`);
  writeFileSync(path, log.map((answer) => `${JSON.stringify(answer)}\n`).join(""));
  return path;
}
