import type { FaultPoint } from "../../../core/fault-point.ts";
import { consumers, httpFunction } from "../../../core/topology.ts";
import type { Fault } from "../fault.ts";
import { hasKilled } from "../kills.ts";
import { atPoint } from "../worker-control.ts";

/** The first workers die at their n-th passing, those in their place at theirs: eight buyers are struck. */
const PASSES = [3, 3, 4, 4, 5, 0, 1, 2];

const crash = (name: string, line: string, point: FaultPoint, everyNeverRetries: number): Fault => ({
  isChaotic: true,
  name,
  line,
  crowd: { everyNeverRetries },
  prepare: (cloud) => cloud.workers.rearm("purchase", atPoint(point, "SIGKILL", PASSES)),
  inject: (stage) => stage.midBurst(),
  hasStruck: hasKilled(httpFunction("purchase").handler),
});

/** Purchases and consumers that die between two steps. */
export const crashes: readonly Fault[] = [
  crash("crash-after-lua-retrying", "crash after Lua, the shopper retrying", "purchase_after_reserve", 0),
  crash("crash-after-lua-silent", "crash after Lua, the shopper not retrying", "purchase_after_reserve", 2),
  crash("crash-after-ledger", "crash after the ledger put", "purchase_after_ledger", 2),
  crash("crash-after-send", "crash after the send, before the answer", "purchase_after_send", 2),
  {
    name: "purchase-killed",
    line: "kill -9 of every purchase worker at any step",
    isChaotic: true,
    inject: async (stage) => {
      await stage.midBurst();
      await stage.cloud.workers.kill("purchase");
    },
  },
  {
    name: "consumer-in-transaction",
    line: "consumer killed inside its transaction",
    prepare: (cloud) =>
      cloud.workers.rearm("consumer", atPoint("consumer_inside_transaction", "SIGKILL", [0, 1, 2])),
    inject: (stage) => stage.midBurst(),
    hasStruck: hasKilled(consumers.orderConsumer.handler),
  },
  {
    name: "consumer-after-commit",
    line: "consumer killed after commit, before delete",
    prepare: (cloud) =>
      cloud.workers.rearm("consumer", atPoint("consumer_after_commit", "SIGKILL", [0, 1, 2])),
    inject: (stage) => stage.midBurst(),
    hasStruck: hasKilled(consumers.orderConsumer.handler),
  },
];
