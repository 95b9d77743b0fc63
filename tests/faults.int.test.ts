import { afterAll, expect, it } from "vitest";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../load/faults/catalogue/catalogue.ts";
import { startFaultCloud } from "../load/faults/fault-cloud.ts";
import { runFault } from "../load/faults/run-fault.ts";

/** One of each kind; `npm run faults` runs them all. */
const TELLING = [
  "crash-after-lua-silent",
  "sqs-accepts-in-silence",
  "redis-flushall",
  "redis-loses-holders",
  "recovery-killed-after-marking",
  "dead-sockets-redis",
];
const TIME_LIMIT_MS = 90_000;
const FOLDER = ".local/faults/test";

mkdirSync(FOLDER, { recursive: true });
const cloud = await startFaultCloud(join(FOLDER, "workers.log"));
afterAll(() => cloud.stop());

it.each(catalogue.filter(({ name }) => TELLING.includes(name)))(
  "loses nothing, doubles nothing and says nothing untrue: $name",
  async (fault) => {
    const { violations, lost, doubled, untrueAnswers } = await runFault(cloud, fault, FOLDER);
    expect(violations).toEqual([]);
    expect({ lost, doubled, untrueAnswers }).toEqual({ lost: 0, doubled: 0, untrueAnswers: 0 });
  },
  TIME_LIMIT_MS,
);
