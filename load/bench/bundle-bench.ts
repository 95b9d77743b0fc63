import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchCloud } from "./bench-cloud.ts";
import { bundle, root } from "./bundle.ts";
import { bareEntry, coldImport } from "./cold-import.ts";
import { interleave } from "./interleave.ts";
import { median } from "./median.ts";
import { type Measurement, ratio } from "./measurement.ts";

const ROUNDS = 15;
const GOAL_BYTES = 250 * 1024;
const WHY_SIZE =
  "198 KB are ioredis with its names, 40 of them its table of commands, which is not replaced while bundling (0032); valibot is 12, the gate's Lua 18, what sales with a line need 20 (0140)";
const WHY_IMPORT =
  "beside ioredis the function compiles about 65 KB of its own and checks its settings; what most attempts do not need is loaded later already (0140)";
const purchaseEntry = join(root, "functions/http/purchase.ts");

/**
 * The purchase function as it is deployed: its size, and how long a cold start imports it under production's settings,
 * against ioredis making the same client.
 */
export async function benchBundle(_cloud: BenchCloud): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-bench-"));
  try {
    const purchase = await bundle("purchase", { entryPoints: [purchaseEntry] }, folder);
    const ioredis = await bundle("ioredis", bareEntry, folder);
    const [purchaseMs, ioredisMs] = await interleave(ROUNDS, [
      async () => [(await coldImport(purchase.file)).ms],
      async () => [(await coldImport(ioredis.file)).ms],
    ]);
    const size = purchase.allBytes;
    const parts = `${purchaseMs.toFixed(1)} ms against ${ioredisMs.toFixed(1)} ms`;
    return [
      {
        budget: "purchase function, minified, with all that it may need",
        figure: `${kilobytes(size)}, ${kilobytes(purchase.staticBytes)} at start (ioredis alone ${kilobytes(ioredis.staticBytes)})`,
        goal: `≤ ${GOAL_BYTES / 1024} KB`,
        isMet: size <= GOAL_BYTES,
        why: WHY_SIZE,
      },
      ratio(
        "import of the purchase function / of ioredis with its client",
        purchaseMs / ioredisMs,
        parts,
        { most: 1.3 },
        WHY_IMPORT,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;

/** Milliseconds that a cold start imports the deployed purchase function, median of some. */
export async function importOfPurchase(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-bench-"));
  try {
    const { file } = await bundle("purchase", { entryPoints: [purchaseEntry] }, folder);
    const seen: number[] = [];
    for (let round = 0; round < ROUNDS; round++) seen.push((await coldImport(file)).ms);
    return median(seen);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
