import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  consumers,
  httpFunction,
  httpNames,
  migrations,
  operations,
  schedules,
} from "../../core/topology.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { bundle, root } from "./bundle.ts";
import type { Measurement } from "./measurement.ts";
import recorded from "./recorded-sizes.json" with { type: "json" };

const MOST_GROWTH = 1.2;

const handlers = [
  ...httpNames.map(httpFunction),
  ...Object.values(consumers),
  ...Object.values(schedules),
  migrations,
  operations,
].map(({ handler }) => handler);

/**
 * Every function as it is deployed, against the size in recorded-sizes.json, in KB: of what it loads at its start, which a
 * cold start waits for. One that grew by a fifth fails; so does one that is not recorded, or recorded and gone.
 */
export async function benchSizes(_cloud: BenchCloud): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-sizes-"));
  try {
    const sizes: Record<string, number> = {};
    for (const handler of handlers) {
      const name = basename(handler, ".ts");
      const { staticBytes } = await bundle(name, { entryPoints: [join(root, handler)] }, join(folder, name));
      sizes[name] = Math.ceil(staticBytes / 1024);
    }
    return [judge(sizes, recorded)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge(
  sizes: Readonly<Record<string, number>>,
  known: Readonly<Record<string, number>>,
): Measurement {
  const names = [...new Set([...Object.keys(sizes), ...Object.keys(known)])].toSorted();
  const wrong = names.filter((name) => !((sizes[name] ?? NaN) <= (known[name] ?? NaN) * MOST_GROWTH));
  const changes = wrong.map((name) => `${name} ${known[name] ?? "unknown"} → ${sizes[name] ?? "gone"} KB`);
  return {
    budget: `bundles of ${Object.keys(sizes).length} functions, loaded at start`,
    figure: changes.length === 0 ? "none grew" : changes.join(", "),
    goal: "≤ 1.2× of recorded",
    isMet: changes.length === 0,
  };
}
