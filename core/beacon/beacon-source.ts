import * as v from "valibot";
import type { Config } from "../config.ts";
import { type BeaconChain, quicknet } from "./chain.ts";
import { publicRelays } from "./fetch-round.http.ts";

/** Where chance comes from: the chain, and who gives its rounds. */
export type BeaconSource = { readonly chain: BeaconChain; readonly relays: readonly string[] };

const rehearsal = v.strictObject({
  chain: v.strictObject({
    hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    publicKey: v.pipe(v.string(), v.regex(/^[0-9a-f]{192}$/)),
    genesisMs: v.number(),
    periodMs: v.pipe(v.number(), v.minValue(1)),
    isRehearsal: v.literal(true),
  }),
  relays: v.array(v.pipe(v.string(), v.url())),
});

/**
 * The public beacon; on a developer's machine the one that BEACON_REHEARSAL describes as JSON.
 * @throws Error if it is described wrong, or anywhere else: where goods are sold, nobody here may know a key.
 */
export function beaconSource({ STAGE, BEACON_REHEARSAL }: Config<"BEACON_REHEARSAL">): BeaconSource {
  if (BEACON_REHEARSAL === "") return { chain: quicknet, relays: publicRelays };
  if (STAGE !== "local") throw new Error("BEACON_REHEARSAL is set: only the stage local may rehearse");
  return v.parse(rehearsal, JSON.parse(BEACON_REHEARSAL));
}
