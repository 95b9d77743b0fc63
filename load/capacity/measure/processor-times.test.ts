import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { LocalError } from "../../../local/local-error.ts";
import { processorMsOf } from "./processor-times.ts";

const SPIN_MS = 200;
const isLinux = process.platform === "linux";
/** No process has it: Linux gives out 22 bits. */
const NOBODY = 2 ** 22 + 1;

test.runIf(isLinux)("a process's time is that of all its threads", async () => {
  const startedMs = processorMsOf([process.pid]);
  const { user, system } = process.cpuUsage();
  const spin = `const from = process.threadCpuUsage().user;
    while (process.threadCpuUsage().user - from < ${SPIN_MS * 1_000});
    require("node:worker_threads").parentPort.postMessage("spun");
    setInterval(() => {}, 1_000);`;
  const worker = new Worker(spin, { eval: true });
  await once(worker, "message");
  const used = processorMsOf([process.pid]) - startedMs;
  const now = process.cpuUsage();
  await worker.terminate();
  expect(used).toBeGreaterThanOrEqual(SPIN_MS - 10);
  expect(used).toBeLessThanOrEqual((now.user + now.system - user - system) / 1_000 + 10);
});

test.runIf(isLinux)("several processes are added up, and one that is gone is no zero", () => {
  expect(processorMsOf([process.pid, process.ppid])).toBeGreaterThan(processorMsOf([process.ppid]));
  expect(() => processorMsOf([NOBODY])).toThrow(LocalError);
});
