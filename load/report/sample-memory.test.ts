import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { sampleMemory } from "./sample-memory.ts";

const EVERY_MS = 20;

afterEach(() => void vi.unstubAllEnvs());

/** A data folder in use by a process that looks like `npm start`. */
function usedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "memory-"));
  const start = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "local/start.ts"]);
  onTestFinished(() => {
    start.kill();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, "running.pid"), String(start.pid));
  return folder;
}

async function watch(folder: string) {
  const memory = sampleMemory(folder, EVERY_MS);
  await sleep(EVERY_MS * 20);
  return memory.stop();
}

test("the memory of a running cloud is sampled", async () => {
  const { samples, problem } = await watch(usedFolder());
  expect(samples.length).toBeGreaterThan(0);
  expect(samples[0]?.bytes["npm start"]).toBeGreaterThan(0);
  expect(problem).toBeNull();
});

test("a machine without `ps` gives no sample, and the reason is kept", async () => {
  const folder = usedFolder();
  vi.stubEnv("PATH", "");
  const { samples, tries, problem } = await watch(folder);
  expect(samples).toEqual([]);
  expect(tries).toBeGreaterThan(0);
  expect(problem).toContain("ps");
});

test("neither does a folder that no `npm start` uses", async () => {
  const { samples, problem } = await watch(join(tmpdir(), "nobody-uses-this"));
  expect(samples).toEqual([]);
  expect(problem).toContain("no `npm start` uses");
});
