import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure, putOnce } from "../dynamo/put-once.dynamo.ts";

/** All of the beacon's items share one partition of the ledger's table: who may touch it may touch nothing else. */
const PARTITION = "beacon";

const neededItem = v.object({
  rounds: v.optional(
    v.custom<ReadonlySet<number>>((value) => value instanceof Set, "is no set"),
    new Set(),
  ),
  watchUntilMs: v.optional(v.number(), 0),
});
const signatureItem = v.object({ signature: v.string() });

/** The rounds of a chain that somebody waits for. */
export type NeededRounds = {
  readonly rounds: readonly number[];
  /** Until then more may be needed at any moment: whoever fetches them stays awake. */
  readonly watchUntilMs: number;
};

export type BeaconRecords = ReturnType<typeof createBeaconRecords>;

/** Which rounds of one chain are needed, and the signatures that came. A signature is put once and never changes. */
export function createBeaconRecords(client: Dynamo, table: string, chainHash: string) {
  const neededKey = { pk: PARTITION, sk: `needed#${chainHash}` };
  const signatureKey = (round: number) => ({
    pk: PARTITION,
    sk: `round#${chainHash}#${String(round).padStart(12, "0")}`,
  });

  const update = (expression: string, values: Record<string, unknown>, condition?: string) =>
    client.update({
      TableName: table,
      Key: neededKey,
      UpdateExpression: expression,
      ExpressionAttributeValues: values,
      ...(condition && { ConditionExpression: condition }),
    });

  return {
    /** Says that a round is needed; safe to repeat, also once its signature is there. */
    async need(round: number): Promise<void> {
      await update("add rounds :rounds", { ":rounds": new Set([round]) });
    },

    /** Says that rounds may be needed at any moment until then. It never brings the end forward. */
    async watchUntil(untilMs: number): Promise<void> {
      try {
        const isLater = "attribute_not_exists(watchUntilMs) or watchUntilMs < :until";
        await update("set watchUntilMs = :until", { ":until": untilMs }, isLater);
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },

    async needed(): Promise<NeededRounds> {
      const answer = await client.get({ TableName: table, Key: neededKey, ConsistentRead: true });
      const { rounds, watchUntilMs } = v.parse(neededItem, answer.Item ?? {});
      return { rounds: [...rounds].toSorted((a, b) => a - b), watchUntilMs };
    },

    /** The signature of a round; null: it has not come. */
    async signature(round: number): Promise<string | null> {
      const answer = await client.get({ TableName: table, Key: signatureKey(round), ConsistentRead: true });
      return answer.Item ? v.parse(signatureItem, answer.Item).signature : null;
    },

    /** Keeps the signature of a round, which the caller has verified. Of two there can be only one, so the first one stays. */
    putSignature: (round: number, signature: string): Promise<"written" | "present"> =>
      putOnce(client, table, { ...signatureKey(round), signature }),

    /** Takes a round off those that are needed: its signature is kept. */
    async settle(round: number): Promise<void> {
      await update("delete rounds :rounds", { ":rounds": new Set([round]) });
    },
  };
}
