import * as v from "valibot";
import type { EvidenceKeys } from "../contract/evidence.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure, putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { PublicKey } from "./signing-key.ts";

/** One partition of the ledger's table. */
const PARTITION = "evidence#keys";
const keyOf = (kid: string) => ({ pk: PARTITION, sk: kid });

const keyItem = v.object({
  sk: v.string(),
  x: v.string(),
  firstUsedAtMs: v.number(),
  revokedAtMs: v.optional(v.number()),
});

export type EvidenceKeyStore = ReturnType<typeof createEvidenceKeyStore>;

/** Every public key that ever signed: put before its first signature, and never taken away. */
export function createEvidenceKeyStore(client: Dynamo, table: string) {
  return {
    /**
     * Publishes a key before anything is signed with it; answers when it was first used, before which nothing may be dated.
     * @throws Error when it was revoked: then nothing is signed.
     */
    async publish({ kid, x }: PublicKey, nowMs: number): Promise<number> {
      const item = { ...keyOf(kid), x, firstUsedAtMs: nowMs };
      if ((await putOnce(client, table, item)) === "written") return nowMs;
      const { Item } = await client.get({ TableName: table, Key: keyOf(kid), ConsistentRead: true });
      const { firstUsedAtMs, revokedAtMs } = v.parse(keyItem, Item);
      if (revokedAtMs !== undefined)
        throw new Error("the key that signs evidence was revoked: set another secret");
      return firstUsedAtMs;
    },

    /** Says that somebody else may have a key. False: there is no such key. */
    async revoke(kid: string, nowMs: number): Promise<boolean> {
      try {
        await client.update({
          TableName: table,
          Key: keyOf(kid),
          UpdateExpression: "set revokedAtMs = if_not_exists(revokedAtMs, :now)",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: { ":now": nowMs },
        });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },

    /** Oldest first. */
    async all(): Promise<EvidenceKeys> {
      const items = v.parse(v.array(keyItem), await queryItems(client, table, PARTITION));
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
          revokedAt: revokedAtMs === undefined ? null : new Date(revokedAtMs).toISOString(),
        }));
      return { keys };
    },
  };
}
