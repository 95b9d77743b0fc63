import calculateSlot from "cluster-key-slot";
import type { ChainableCommander, Cluster, Redis } from "ioredis";
import type { SaleId } from "../ids.ts";
import { inTime } from "../redis/in-time.ts";
import { scriptText } from "../redis/script.ts";
import { pulseScript } from "./keeper-scripts.ts";
import { gateKeys } from "./keys.ts";

/** What is seen of a gate without looking into it. */
export type Pulse =
  | { readonly kind: "lost" }
  | {
      readonly kind: "found";
      readonly nowMs: number;
      readonly outboxLength: number;
      /** Differs whenever something has happened that a guardian must look at. */
      readonly fingerprint: string;
    };

export type GatePulses = ReturnType<typeof createGatePulses>;
type Commands = Record<string, (...keys: string[]) => unknown>;
type Replies = Awaited<ReturnType<ChainableCommander["exec"]>>;

/** Takes the pulses of many gates with one write to each server. */
export function createGatePulses(redis: Redis) {
  const { command, keys } = pulseScript;
  redis.defineCommand(command, { numberOfKeys: keys.length, lua: scriptText(pulseScript) });

  async function take(saleIds: readonly SaleId[]): Promise<(readonly [SaleId, Pulse])[]> {
    const replies = await inTime(redis, () => {
      // A pipeline is used up by its sending, which may have to be repeated.
      const pipeline = redis.pipeline();
      for (const saleId of saleIds) {
        const names = gateKeys(saleId);
        (pipeline as unknown as Commands)[command]!(...keys.map((key) => names[key]));
      }
      return pipeline.exec().then(firstErrorThrown);
    });
    return saleIds.map((saleId, index) => [saleId, parsePulse(String(replies[index]?.[1]))] as const);
  }

  return {
    /**
     * The pulses of those gates whose server answered. @throws when none did.
     *
     * In a cluster a pipeline goes to one server, so there is one for each; one that does not answer leaves the others be.
     */
    async read(saleIds: readonly SaleId[]): Promise<ReadonlyMap<SaleId, Pulse>> {
      if (saleIds.length === 0) return new Map();
      const groups = [...Map.groupBy(saleIds, (saleId) => serverOf(redis, saleId)).values()];
      const taken = await Promise.allSettled(groups.map(take));
      const answered = taken.flatMap((group) => (group.status === "fulfilled" ? [group.value] : []));
      const [failed] = taken;
      if (answered.length === 0 && failed?.status === "rejected") throw failed.reason;
      return new Map(answered.flat());
    },
  };
}

/** In ioredis's words: the nodes of the slot's shard. */
function serverOf(redis: Redis, saleId: SaleId): string {
  if (!redis.isCluster) return "";
  const slots = (redis as unknown as Cluster).slots;
  return (slots[calculateSlot(gateKeys(saleId).gate)] ?? []).join();
}

function firstErrorThrown(replies: Replies): NonNullable<Replies> {
  const error = replies?.find(([failed]) => failed !== null)?.[0];
  if (error) throw error;
  return replies ?? [];
}

/** @throws Error on what the script never says. */
function parsePulse(text: string): Pulse {
  if (text === "lost") return { kind: "lost" };
  const [nowMs, outboxLength, fingerprint] = text.split(" ");
  if (fingerprint === undefined) throw new Error(`the gate has no such pulse: ${text}`);
  return { kind: "found", nowMs: Number(nowMs), outboxLength: Number(outboxLength), fingerprint };
}
