import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { Redis } from "ioredis";
import { startCloud } from "../../../local/cloud.ts";
import { progress } from "../../../local/start/progress.ts";
import { importOfPurchase } from "../../bench/bundle-bench.ts";
import { ownCloud } from "../../own-cloud.ts";
import { type ServiceTimes } from "../service-times.ts";
import { measureFunction } from "./function-times.ts";
import { measureGate } from "./gate-times.ts";
import { measureLocalDemands, modelled } from "./local-demands.ts";

const WARM_UPS = 2;

/** Measures every service time on this machine. */
export async function measureServiceTimes(): Promise<ServiceTimes> {
  const local = await measuredLocally();
  progress("parts of the local cloud");
  const cloud = await startCloud({ trigger: false });
  try {
    const ownTimes = await measureFunction(cloud);
    progress("purchase function");
    const gate = await measureGate(cloud);
    progress("gate");
    const importMs = await importOfPurchase();
    progress("cold import");
    return {
      measuredAt: new Date().toISOString().slice(0, 10),
      revision: revision(),
      hardware: await hardware(cloud.redisUrl),
      function: ownTimes,
      gate,
      importMs,
      local,
    };
  } finally {
    await cloud.stop();
  }
}

async function measuredLocally(): Promise<ServiceTimes["local"]> {
  const cloud = await ownCloud(modelled);
  try {
    for (let i = 0; i < WARM_UPS; i++) await measureLocalDemands(cloud);
    return await measureLocalDemands(cloud);
  } finally {
    await cloud.stop();
  }
}

/** Five figures are more than any of them is sure of. */
export function storeServiceTimes(path: string, times: ServiceTimes): void {
  const rounded = JSON.stringify(
    times,
    (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(4)) : value),
    2,
  );
  writeFileSync(path, `${rounded}\n`);
}

const git = (...args: string[]) => spawnSync("git", args, { encoding: "utf8" }).stdout?.trim() ?? "";

/** With a + if the folder has changes that are not committed. */
function revision(): string {
  const name = git("rev-parse", "--short", "HEAD") || "unknown";
  return git("status", "--porcelain", "--untracked-files=no") === "" ? name : `${name}+`;
}

async function hardware(redisUrl: string): Promise<ServiceTimes["hardware"]> {
  const redis = new Redis(redisUrl);
  const info = await redis.info("server");
  redis.disconnect();
  return {
    processors: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
    node: process.version,
    redis: /^redis_version:(\S+)/m.exec(info)?.[1] ?? "unknown",
  };
}
