import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SaleId } from "../../core/ids.ts";

/** Tells Artillery's shoppers what load/artillery/run-artillery.ts tells its threads. They read it as they are imported. */
export const tellShoppers = (run: {
  readonly apiUrl: string;
  readonly saleId: SaleId;
  readonly opensAtMs: number;
  /** The data folder of the cloud, and what they write. */
  readonly folder: string;
}): void =>
  void Object.assign(process.env, {
    LOAD_TARGET: run.apiUrl,
    LOAD_DATA_FOLDER: run.folder,
    LOAD_SALE_IDS: run.saleId,
    LOAD_OPENS_AT_MS: String(run.opensAtMs),
    LOAD_LOG_FOLDER: run.folder,
  });

/** What the shoppers have written down: their `answers`, or their `requests`. */
export const logLines = <Line>(folder: string, kind: string): Line[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line) as Line);
