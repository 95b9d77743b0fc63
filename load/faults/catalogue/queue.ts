import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Stage } from "../fault.ts";
import type { ProxyMode } from "../tcp-proxy.ts";

/** Sets a store's proxy for a while in the middle of the sale. */
const during =
  (store: keyof Stage["cloud"]["proxies"], mode: ProxyMode, ms: number) => async (stage: Stage) => {
    const proxy = stage.cloud.proxies[store];
    await stage.midBurst();
    if (mode === "refuse") proxy.cut();
    proxy.set(mode);
    await sleep(ms);
    proxy.set("pass");
  };

/** SQS that does not do as it should. */
export const queue: readonly Fault[] = [
  {
    name: "sqs-refuses",
    line: "SQS refuses",
    isChaotic: true,
    inject: during("sqs", "refuse", 4_000),
  },
  {
    name: "sqs-accepts-in-silence",
    line: "SQS times out after accepting",
    isChaotic: true,
    inject: during("sqs", "swallow", 4_000),
  },
];
