import * as v from "valibot";
import type { EvidenceKeys } from "../contract/evidence.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { PublicKey } from "./signing-key.ts";

/**
 * Two partitions of the ledger's table. Whoever publishes keys may put into the first alone, so that no put, not even one that is made
 * on purpose, undoes a revocation.
 */
const PARTITION = "evidence#keys";
const REVOKED = "evidence#revoked";
const keyOf = (kid: string) => ({ pk: PARTITION, sk: kid });
const revokedKeyOf = (kid: string) => ({ pk: REVOKED, sk: kid });

const keyItem = v.object({
  sk: v.string(),
  x: v.string(),
  firstUsedAtMs: v.number(),
  /** Of keys that were revoked before there was a partition for it. */
  revokedAtMs: v.optional(v.number()),
});
const revokedItem = v.object({ sk: v.string(), revokedAtMs: v.number() });

export type EvidenceKeyStore = ReturnType<typeof createEvidenceKeyStore>;

/** Every public key that ever signed: put before its first signature, and never taken away. */
export function createEvidenceKeyStore(client: Dynamo, table: string) {
  const get = async (Key: ReturnType<typeof keyOf>) =>
    (await client.get({ TableName: table, Key, ConsistentRead: true })).Item;

  return {
    /**
     * Publishes a key before anything is signed with it; answers when it was first used, before which nothing may be dated.
     * @throws Error when it was revoked: then nothing is signed.
     */
    async publish({ kid, x }: PublicKey, nowMs: number): Promise<number> {
      const item = { ...keyOf(kid), x, firstUsedAtMs: nowMs };
      await putOnce(client, table, item);
      const [stored, revoked] = await Promise.all([get(keyOf(kid)), get(revokedKeyOf(kid))]);
      const { firstUsedAtMs, revokedAtMs } = v.parse(keyItem, stored);
      if (revoked || revokedAtMs !== undefined)
        throw new Error("the key that signs evidence was revoked: set another secret");
      return firstUsedAtMs;
    },

    /** Says that somebody else may have a key. False: there is no such key. */
    async revoke(kid: string, nowMs: number): Promise<boolean> {
      if (!(await get(keyOf(kid)))) return false;
      // The first revocation stands.
      await putOnce(client, table, { ...revokedKeyOf(kid), revokedAtMs: nowMs });
      return true;
    },

    /** Oldest first. */
    async all(): Promise<EvidenceKeys> {
      const [keyItems, revokedItems] = await Promise.all(
        [PARTITION, REVOKED].map((pk) => queryItems(client, table, pk)),
      );
      const items = v.parse(v.array(keyItem), keyItems);
      const revoked = new Map(
        v.parse(v.array(revokedItem), revokedItems).map(({ sk, revokedAtMs }) => [sk, revokedAtMs]),
      );
      const revokedAt = (kid: string, before: number | undefined) => {
        const atMs = before ?? revoked.get(kid);
        return atMs === undefined ? null : new Date(atMs).toISOString();
      };
      const keys = items
        .toSorted((a, b) => a.firstUsedAtMs - b.firstUsedAtMs)
        .map(({ sk, x, firstUsedAtMs, revokedAtMs }) => ({
          kty: "OKP" as const,
          crv: "Ed25519" as const,
          alg: "EdDSA" as const,
          use: "sig" as const,
          kid: sk,
          x,
          firstUsedAt: new Date(firstUsedAtMs).toISOString(),
          revokedAt: revokedAt(sk, revokedAtMs),
        }));
      return { keys };
    },
  };
}
