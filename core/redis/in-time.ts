import type { Cluster, Redis } from "ioredis";
import { startStopwatch, systemClock } from "../clock.ts";

/** Every call to the gate ends within this, whatever the client does; what it did is then unclear. */
export const CALL_LIMIT_MS = 1_000;

/**
 * A connection that brought nothing for so long is made anew before it is used: it may have died while the function was
 * frozen. Longer than warm environments are left alone before an opening, so that a crowd of them need not reconnect in it.
 */
export const IDLE_LIMIT_MS = 90_000;

/** Since a client last brought an answer. */
const idle = new WeakMap<Redis, () => number>();

/**
 * Sends a command or script that may be sent twice, and waits for its answer, a second at most.
 *
 * A cluster's client would let commands wait for ever while no node can be reached, and send them to a shard at random
 * when a connection breaks. Here a call waits outside of it until the cluster is known, and one whose connection broke is
 * sent once more, after asking the cluster where its slot is now.
 *
 * @throws Error when there was no answer in time, or what Redis or the client threw: the script may have run.
 */
export async function inTime<T>(redis: Redis, send: () => Promise<T>): Promise<T> {
  renewIdle(redis);
  const call = { isOver: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    // An answer that arrived while this process was busy is read before the call is given up.
    timer = setTimeout(
      () => setImmediate(() => reject(new Error(`Redis gave no answer within ${CALL_LIMIT_MS} ms`))),
      CALL_LIMIT_MS,
    );
  });
  try {
    const answer = await Promise.race([redis.isCluster ? inCluster(redis, send, call) : send(), late]);
    idle.set(redis, startStopwatch(systemClock));
    return answer;
  } finally {
    call.isOver = true;
    clearTimeout(timer);
  }
}

function renewIdle(redis: Redis): void {
  const idleMs = idle.get(redis);
  if (idleMs && idleMs() > IDLE_LIMIT_MS && redis.status === "ready") {
    // Once, whatever comes of it.
    idle.set(redis, startStopwatch(systemClock));
    redis.disconnect(true);
  }
}

async function inCluster<T>(
  redis: Redis,
  send: () => Promise<T>,
  call: { readonly isOver: boolean },
): Promise<T> {
  await untilReady(redis, call);
  try {
    return await send();
  } catch (error) {
    if (!isBroken(error)) throw error;
    await refreshSlots(redis);
    await untilReady(redis, call);
    return send();
  }
}

/** @throws Error once the call is over, so that nothing is sent for which nobody waits any more. */
async function untilReady(redis: Redis, call: { readonly isOver: boolean }): Promise<void> {
  if (redis.status !== "ready") {
    await new Promise<void>((resolve) => {
      const stopped = setTimeout(done, CALL_LIMIT_MS);
      function done() {
        clearTimeout(stopped);
        redis.off("ready", done);
        resolve();
      }
      redis.once("ready", done);
    });
  }
  if (call.isOver || redis.status !== "ready") throw new Error("Redis could not be reached in time");
}

/** The client's words for a connection that ended before its answer came. */
const isBroken = (error: unknown) => error instanceof Error && error.message === "Connection is closed.";

/** Asks the cluster anew who has which slot; a node whose connection ended gets a new one. */
const refreshSlots = (redis: Redis): Promise<void> =>
  new Promise((resolve) => (redis as unknown as Cluster).refreshSlotsCache(() => resolve()));
