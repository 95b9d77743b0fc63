import { setTimeout as sleep } from "node:timers/promises";
import { bothLimits, type Fault, type Stage } from "../fault.ts";
import type { ProxyMode } from "../../../local/tcp-proxy.ts";

type Store = keyof Stage["cloud"]["proxies"];

/** A store that cannot be reached, or not in full, for a while in the middle of the sale. */
const unreachable = (name: string, line: string, store: Store, mode: ProxyMode, ms: number): Fault => ({
  name,
  line,
  ...(store === "redis" && { limits: bothLimits }),
  isChaotic: true,
  inject: async (stage) => {
    const proxy = stage.cloud.proxies[store];
    await stage.midBurst();
    proxy.set(mode);
    if (mode === "refuse") proxy.cut();
    await sleep(ms);
    proxy.set("pass");
  },
});

const DOWN_MS = 60_000;
const SLOW_MS = 15_000;
const SLOW_BY_MS = 150;

/** Stores that are down, silent or slow, and come back as they were. */
export const stores: readonly Fault[] = [
  unreachable("sqs-refuses", "SQS refuses", "sqs", "refuse", 4_000),
  unreachable("sqs-stalls", "SQS does not answer, and gets the message late", "sqs", "stall", 4_000),
  unreachable("sqs-accepts-in-silence", "SQS times out after accepting", "sqs", "swallow", 4_000),
  unreachable("ledger-down", "ledger down", "dynamo", "refuse", 5_000),
  unreachable("ledger-stalls", "ledger does not answer, and gets the entry late", "dynamo", "stall", 5_000),
  unreachable("ledger-answers-lost", "ledger writes, and its answers are lost", "dynamo", "swallow", 5_000),
  unreachable("redis-refuses", "Redis cannot be reached", "redis", "refuse", 4_000),
  unreachable("redis-stalls", "Redis does not answer, and runs the scripts late", "redis", "stall", 4_000),
  unreachable(
    "redis-answers-lost",
    "Redis runs the scripts, and its answers are lost",
    "redis",
    "swallow",
    4_000,
  ),
  {
    name: "postgres-down-then-slow",
    line: "PostgreSQL down for a minute, then slow",
    inject: async (stage) => {
      const { postgres } = stage.cloud.proxies;
      await stage.midBurst();
      postgres.set("refuse");
      postgres.cut();
      await sleep(DOWN_MS);
      postgres.delay(SLOW_BY_MS);
      postgres.set("pass");
      await sleep(SLOW_MS);
      postgres.delay(0);
    },
  },
  unreachable("postgres-stalls", "PostgreSQL does not answer", "postgres", "stall", 8_000),
  unreachable(
    "postgres-answers-lost",
    "PostgreSQL commits, and its answers are lost",
    "postgres",
    "swallow",
    4_000,
  ),
];
