import type { Redis } from "ioredis";
import { createGate } from "../../../core/gate/gate.redis.ts";
import { gateKeys } from "../../../core/gate/keys.ts";
import { createGateRebuild, RebuildStopped } from "../../../core/gate/rebuild.redis.ts";
import { beginRecoveryScript } from "../../../core/gate/keeper-scripts.ts";
import type { BuyerId, SaleId } from "../../../core/ids.ts";
import { defineScript } from "../../../core/redis/script.ts";
import { gateSettings, type GateKeys } from "./gate.ts";
import type { GateCast } from "./gate-cast.ts";
import type { Filling, Recovery } from "./gate-recovery.ts";
import type { GateStep } from "./gate-steps.ts";

type Scene = {
  readonly redis: Redis;
  readonly saleId: SaleId;
  readonly cast: GateCast;
  /** What the model holds before the step. */
  readonly keys: GateKeys | null;
  readonly revision: number;
};

/** Takes a step on the gate in Redis. @returns its reply. */
export async function onRealGate(scene: Scene, step: GateStep): Promise<object> {
  const { redis, saleId, cast, revision } = scene;
  const [gate, rebuild] = [createGate(redis), createGateRebuild(redis)];
  switch (step.does) {
    case "reserve": {
      const rest = { saleId, requestId: "request", traceId: null, wantsFilter: false };
      return gate.reserve({ ...cast.attempt(step, step), ...rest });
    }
    case "adopt": {
      const rest = { saleId, n: 1, epoch: 0, reservedAtMs: 0, requestId: "request" };
      return gate.adopt({ ...cast.adoption(step), ...rest });
    }
    case "settle":
      return { kind: await gate.settle({ saleId, ...cast.left(step, scene.keys) }) };
    case "configure":
      return gate.configure({ ...gateSettings(step.settings), saleId, revision }, step.when);
    case "begin":
      return begin(redis, saleId, step);
    case "fill":
      return said("added", () =>
        rebuild.refill(begunAs(saleId, step), filled(cast.filling(step), saleId), async () => {}),
      );
    case "resume": {
      const settings = { ...gateSettings(step.settings), saleId, revision };
      return said("resumed", () =>
        rebuild.open(begunAs(saleId, step), filled(cast.filling(step), saleId), settings),
      );
    }
    case "clear":
    case "lose":
    case "end_restock":
      await onKeys(scene, step);
      return { kind: "done" };
    default:
      return step satisfies never;
  }
}

async function onKeys({ redis, saleId, cast, keys }: Scene, step: GateStep): Promise<void> {
  if (step.does === "lose") await redis.del(...Object.values(gateKeys(saleId)));
  if (step.does === "end_restock" && keys) await redis.hset(gateKeys(saleId).gate, "restock_at_ms", 0);
  const order = step.does === "clear" ? cast.made[step.order] : undefined;
  if (order) await createGate(redis).clear(saleId, order.orderId);
}

/** The script itself: its caller gives each recovery an id of its own. */
async function begin(redis: Redis, saleId: SaleId, { fence, recoveryId }: Recovery) {
  const reply = await defineScript(redis, beginRecoveryScript)(gateKeys(saleId), {
    fence,
    recoveryId,
    makeUntilMs: Number.MAX_SAFE_INTEGER,
  });
  const [kind = "", wasAlive, isSameLife] = reply.map(String);
  return kind === "begun" ? { kind, wasAlive: wasAlive === "1", isSameLife: isSameLife === "1" } : { kind };
}

const begunAs = (saleId: SaleId, { fence, recoveryId }: Recovery) => ({
  saleId,
  fence,
  recoveryId,
  wasAlive: false,
  isSameLife: true,
});

function filled({ buyers, unsettled, ...rest }: Filling, saleId: SaleId) {
  const all = Object.entries(buyers).map(([buyerId, orders]) => [buyerId as BuyerId, orders] as const);
  const published = unsettled.map((order) => ({ ...order, saleId }));
  return { ...rest, heldUnits: 0, holds: [], unsettled: published, allocated: 4, buyers: new Map(all) };
}

/** The word with which a step of a rebuild was answered. */
async function said(word: string, act: () => Promise<void>): Promise<{ readonly kind: string }> {
  try {
    await act();
    return { kind: word };
  } catch (error) {
    if (!(error instanceof RebuildStopped)) throw error;
    return { kind: /said (\w+)/.exec(error.message)?.[1] ?? "" };
  }
}
