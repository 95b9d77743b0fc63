import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { clusterCatalogue } from "../load/faults/catalogue/cluster.ts";
import { startFaultCloud } from "../load/faults/fault-cloud.ts";
import { runFault } from "../load/faults/run-fault.ts";

/** The most telling one; `npm run faults -- --cluster` runs them all. */
const TELLING = "cluster-master-killed";
const TIME_LIMIT_MS = 90_000;
const FOLDER = ".local/faults/test-cluster";

mkdirSync(FOLDER, { recursive: true });
const cloud = await startFaultCloud(join(FOLDER, "workers.log"), true);
afterAll(() => cloud.stop());

it(
  "loses nothing, doubles nothing and says nothing untrue on a Redis Cluster whose master dies in mid-sale",
  async () => {
    const fault = clusterCatalogue.find(({ name }) => name === TELLING);
    if (!fault) throw new Error(`there is no fault ${TELLING}`);
    const run = { fault, purchaseLimit: 1 } as const;
    const { violations, lost, doubled, untrueAnswers, recoveries } = await runFault(cloud, run, FOLDER);
    expect(violations).toEqual([]);
    expect({ lost, doubled, untrueAnswers }).toEqual({ lost: 0, doubled: 0, untrueAnswers: 0 });
    // Another server has another life: the gate was rebuilt.
    expect(recoveries).toHaveLength(1);
  },
  TIME_LIMIT_MS,
);
