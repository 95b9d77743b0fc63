import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { gateOn } from "../../tests/gate/test-gate.ts";
import { testProxiedCluster } from "../../tests/support/redis-cluster.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import type { ProxyMode } from "../../local/tcp-proxy.ts";
import { masterOf } from "../../load/faults/stores/cluster-roles.ts";
import { aSale } from "../../tests/support/test-sale.ts";
import { gateKeys } from "../gate/keys.ts";
import { connectGate } from "./connect.redis.ts";
import { IDLE_LIMIT_MS } from "./in-time.ts";

/** What a gate call may take at most, and what a busy machine adds. */
const LIMIT_MS = 1_000 + 300;
/** What a dead connection costs before it is given up. */
const SOCKET_LIMIT_MS = 300;

const cluster = await testProxiedCluster();
const doors = cluster.members.map(({ door }) => door);
const config = {
  STAGE: "local",
  REDIS_URL: cluster.url,
  REDIS_CLUSTER: true,
  REDIS_CA: cluster.ca,
} as const;

const clients: ReturnType<typeof connectGate>[] = [];
const connect = () => {
  const client = connectGate(config, () => {});
  clients.push(client);
  return client;
};
afterAll(() => clients.forEach((client) => client.disconnect()));
const set = (mode: ProxyMode) => doors.forEach((door) => door.set(mode));
afterEach(() => set("pass"));

/** How a call ends, and after how long. */
async function timed(call: () => Promise<unknown>) {
  const startedMs = performance.now();
  const ended = call().then(
    () => "answered" as const,
    (error: Error) => error.message,
  );
  const how = await Promise.race([ended, sleep(8_000, "pending after 8 s" as const)]);
  return { how, ms: performance.now() - startedMs };
}

/** A call that goes to the node of a sale of its own, once the client is up. */
async function inspectOf(client: ReturnType<typeof connectGate>) {
  const { gate } = gateOn(client);
  const { saleId } = aSale();
  const inspect = () => gate.inspect(saleId);
  await waitFor("the gate answers", async () => (await timed(inspect)).how === "answered");
  return inspect;
}

describe("a cluster that cannot be reached", () => {
  test.each(["stall", "refuse"] as const)(
    "%s: each gate call ends by its own limit, and the first one after it answers",
    async (mode) => {
      const inspect = await inspectOf(connect());
      set(mode);
      if (mode === "refuse") doors.forEach((door) => door.cut());
      for (let i = 0; i < 4; i++) {
        const { how, ms } = await timed(inspect);
        expect(how).not.toMatch(/answered|pending/);
        expect(ms).toBeLessThan(LIMIT_MS);
      }
      set("pass");
      await waitFor("the gate answers again", async () => (await timed(inspect)).how === "answered");
    },
  );

  test.each(["stall", "refuse"] as const)("%s from the start: the same", async (mode) => {
    set(mode);
    const { gate } = gateOn(connect());
    const { how, ms } = await timed(() => gate.inspect("sale_00000000000000000000000000" as never));
    expect(how).not.toMatch(/answered|pending/);
    expect(ms).toBeLessThan(LIMIT_MS);
  });
});

const moves = async () => {
  const stats = await Promise.all(cluster.nodes().map(({ client }) => client.info("errorstats")));
  return stats.join("").match(/errorstat_MOVED/g)?.length ?? 0;
};
const resetStatistics = () => Promise.all(cluster.nodes().map(({ client }) => client.config("RESETSTAT")));

// A machine that is busy with other tests may miss a limit of a fraction of a second.
describe("connections that died in silence", { retry: 2 }, () => {
  test("cost no call its outcome, and send none to another shard", async () => {
    const calls = [];
    for (let environment = 0; environment < 8; environment++) calls.push(await inspectOf(connect()));
    await resetStatistics();
    doors.forEach((door) => door.deaden());
    for (const call of calls) {
      const { how, ms } = await timed(call);
      expect(how).toBe("answered");
      expect(ms).toBeLessThan(LIMIT_MS);
    }
    expect(await moves()).toBe(0);
  });

  test("are made anew before use if they were idle for long: nobody waits for the dead", async () => {
    const inspect = await inspectOf(connect());
    doors.forEach((door) => door.deaden());
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + IDLE_LIMIT_MS + 1 });
    onTestFinished(() => void vi.useRealTimers());
    const { how, ms } = await timed(inspect);
    expect(how).toBe("answered");
    expect(ms).toBeLessThan(SOCKET_LIMIT_MS);
  });
});

describe("a master", () => {
  test.each(["SIGSTOP", "SIGKILL"] as const)(
    "%s: calls end by their limit until its replica has taken over, and are then answered",
    async (signal) => {
      // A master that was replaced in another test may think for a while that the slots are still its own.
      await cluster.untilWhole();
      const { gate } = gateOn(connect());
      const { saleId } = aSale();
      const inspect = () => gate.inspect(saleId);
      await waitFor("the gate answers", async () => (await timed(inspect)).how === "answered");
      const master = await masterOf(cluster, gateKeys(saleId).gate);
      const { node } = master!;
      node.child.kill(signal);
      onTestFinished(() => void node.child.kill("SIGCONT"));
      const ends: Awaited<ReturnType<typeof timed>>[] = [];
      await waitFor("the replica answers", async () => {
        const end = await timed(inspect);
        ends.push(end);
        return end.how === "answered";
      });
      expect(ends.length).toBeGreaterThan(1);
      for (const { ms } of ends) expect(ms).toBeLessThan(LIMIT_MS);
    },
  );
});
