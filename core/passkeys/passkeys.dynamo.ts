import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { buyerId } from "../contract/ids.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import type { BuyerId } from "../ids.ts";
import { CHALLENGE_SECONDS } from "./challenge.ts";

const passkeyItem = v.object({
  buyerId,
  /** As base64url. */
  publicKey: v.string(),
  /** How often it was used, as it says itself; 0: it does not count. */
  counter: v.number(),
  /** One that was stored before they were checked hides none of the others. */
  transports: v.fallback(v.array(v.string()), []),
  name: v.string(),
  createdAtMs: v.number(),
  lastUsedAtMs: v.nullable(v.number()),
  /** Whether it was made in a session that its owner's mailbox began: only then it gives a role. */
  provesMailbox: v.boolean(),
});
export type StoredPasskey = v.InferOutput<typeof passkeyItem> & { readonly passkeyId: string };

const listItem = v.object({ ids: v.optional(v.set(v.string()), new Set<string>()) });

/** More than that nobody has devices for. */
export const MOST_PASSKEYS = 20;

const passkeyKey = (id: string) => ({ pk: `passkey#${id}` });
const listKey = (id: BuyerId) => ({ pk: `passkeys#${id}` });
const usedKey = (mark: string) => ({ pk: `passkey-challenge#${mark}` });

/** False: a write's condition does not hold. */
async function ifHolds(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

export type Passkeys = ReturnType<typeof createPasskeys>;

/** The passkeys of buyers, each under its own id, and for each buyer a list of the ids. */
export function createPasskeys(client: DynamoDBDocumentClient, table: string) {
  async function get(id: string): Promise<StoredPasskey | null> {
    const Key = passkeyKey(id);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item ? { ...v.parse(passkeyItem, Item), passkeyId: id } : null;
  }

  return {
    get,

    /** A buyer's own, oldest first. What a crash left in the list alone is none. */
    async of(buyer: BuyerId): Promise<StoredPasskey[]> {
      const Key = listKey(buyer);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      const { ids } = v.parse(listItem, Item ?? {});
      const found = await Promise.all([...ids].map(get));
      return found
        .filter((passkey) => passkey !== null && passkey.buyerId === buyer)
        .map((passkey) => passkey!)
        .toSorted((a, b) => a.createdAtMs - b.createdAtMs);
    },

    /** False: it is known already, or its buyer has as many as there may be. The list first: what is not in it could not be removed. */
    async add({ passkeyId, ...passkey }: StoredPasskey): Promise<boolean> {
      const isListed = await ifHolds(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: listKey(passkey.buyerId),
            UpdateExpression: "add ids :id",
            ConditionExpression: "attribute_not_exists(ids) or size(ids) < :most",
            ExpressionAttributeValues: { ":id": new Set([passkeyId]), ":most": MOST_PASSKEYS },
          }),
        ),
      );
      if (!isListed) return false;
      return ifHolds(() =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...passkeyKey(passkeyId), ...passkey },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      );
    },

    /** Notes a use; false: it was removed, or its count is not above the last one: another device has a copy of it. */
    use: (id: string, counter: number, nowMs: number): Promise<boolean> =>
      ifHolds(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: passkeyKey(id),
            UpdateExpression: "set #counter = :counter, lastUsedAtMs = :now",
            ConditionExpression:
              "attribute_exists(pk) and (#counter < :counter or (#counter = :none and :counter = :none))",
            ExpressionAttributeNames: { "#counter": "counter" },
            ExpressionAttributeValues: { ":counter": counter, ":now": nowMs, ":none": 0 },
          }),
        ),
      ),

    /** Removes one of a buyer's own; false: they have no such passkey. */
    async remove(id: string, buyer: BuyerId): Promise<boolean> {
      const isGone = await ifHolds(() =>
        client.send(
          new DeleteCommand({
            TableName: table,
            Key: passkeyKey(id),
            ConditionExpression: "buyerId = :buyer",
            ExpressionAttributeValues: { ":buyer": buyer },
          }),
        ),
      );
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: listKey(buyer),
          UpdateExpression: "delete ids :id",
          ExpressionAttributeValues: { ":id": new Set([id]) },
        }),
      );
      return isGone;
    },

    /** Uses a challenge up; false: it was used before. */
    useChallenge: (mark: string, nowMs: number): Promise<boolean> =>
      ifHolds(() =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...usedKey(mark), ttl: Math.ceil(nowMs / 1000) + 2 * CHALLENGE_SECONDS },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
  };
}
