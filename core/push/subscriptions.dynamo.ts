import * as v from "valibot";
import { buyerId } from "../contract/ids.ts";
import { languages } from "../contract/language.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { SESSION_SECONDS } from "../identity/session.ts";
import type { BuyerId } from "../ids.ts";

const pushItem = v.object({
  buyerId,
  endpoint: v.string(),
  /** The browser's own: its public key and its secret, by which alone it reads what it is sent. */
  p256dh: v.string(),
  auth: v.string(),
  language: v.picklist(languages),
  createdAtMs: v.number(),
  /** When the last session ends that its buyer began in this browser; absent in items from before it was noted. */
  sessionUntilMs: v.optional(v.number()),
});
export type StoredPush = v.InferOutput<typeof pushItem> & {
  readonly pushId: string;
  readonly sessionUntilMs: number;
};

const listItem = v.object({ ids: v.optional(v.set(v.string()), new Set<string>()) });

/** Browsers of one buyer: each of them is called for every notice. */
export const MOST_PUSHES = 5;
/** Whoever has not switched it on anew since is told by mail alone. */
export const KEEP_PUSH_SECONDS = 180 * 24 * 60 * 60;

const pushKey = (id: string) => ({ pk: `push#${id}` });
const listKey = (id: BuyerId) => ({ pk: `pushes#${id}` });

export type Pushes = ReturnType<typeof createPushes>;

/** The browsers that are told by push: each under its own id, and for each buyer a list of the ids. */
export function createPushes(client: Dynamo, table: string) {
  const get = async (Key: { readonly pk: string }) =>
    (await client.get({ TableName: table, Key, ConsistentRead: true })).Item;

  async function idsOf(buyer: BuyerId): Promise<ReadonlySet<string>> {
    return v.parse(listItem, (await get(listKey(buyer))) ?? {}).ids;
  }

  async function read(pushId: string): Promise<StoredPush | null> {
    const item = await get(pushKey(pushId));
    if (!item) return null;
    const push = v.parse(pushItem, item);
    const { sessionUntilMs = push.createdAtMs + SESSION_SECONDS * 1_000 } = push;
    return { ...push, pushId, sessionUntilMs };
  }

  const unlist = (buyer: BuyerId, pushId: string) =>
    client.update({
      TableName: table,
      Key: listKey(buyer),
      UpdateExpression: "delete ids :id",
      ExpressionAttributeValues: { ":id": new Set([pushId]) },
    });

  /** A buyer's own, oldest first. A browser that somebody else has used since is theirs, and in the list alone. */
  async function of(buyer: BuyerId): Promise<StoredPush[]> {
    const found = await Promise.all([...(await idsOf(buyer))].map(read));
    return found
      .filter((kept) => kept !== null && kept.buyerId === buyer)
      .map((kept) => kept!)
      .toSorted((a, b) => a.createdAtMs - b.createdAtMs);
  }

  /** Removes one of a buyer's own; false: they have no such browser. Safe to repeat. */
  async function remove(pushId: string, buyer: BuyerId): Promise<boolean> {
    const isGone = await client
      .delete({
        TableName: table,
        Key: pushKey(pushId),
        ConditionExpression: "buyerId = :buyer",
        ExpressionAttributeValues: { ":buyer": buyer },
      })
      .then(
        () => true,
        (error: unknown) => {
          if (isConditionFailure(error)) return false;
          throw error;
        },
      );
    await unlist(buyer, pushId);
    return isGone;
  }

  /** Removes a browser, whoever's it is: by its owner's signing out in it, or somebody else's signing in. Safe to repeat. */
  async function end(pushId: string): Promise<void> {
    const push = await read(pushId);
    if (push) await remove(pushId, push.buyerId);
  }

  return {
    of,
    remove,

    /**
     * Keeps a browser for a buyer; safe to repeat. One that was somebody else's until now is theirs no more. False: there are as many as
     * may be. The list first: what is not in it could not be removed.
     */
    async add({ pushId, ...push }: StoredPush): Promise<boolean> {
      const { buyerId: buyer, createdAtMs } = push;
      const known = await idsOf(buyer);
      if (!known.has(pushId) && known.size >= MOST_PUSHES) {
        const live = new Set((await of(buyer)).map((kept) => kept.pushId));
        if (live.size >= MOST_PUSHES) return false;
        // Of some the time is over, and others are somebody else's by now.
        for (const id of known) if (!live.has(id)) await unlist(buyer, id);
      }
      await client.update({
        TableName: table,
        Key: listKey(buyer),
        UpdateExpression: "add ids :id",
        ExpressionAttributeValues: { ":id": new Set([pushId]) },
      });
      const ttl = Math.ceil(createdAtMs / 1_000) + KEEP_PUSH_SECONDS;
      await client.put({ TableName: table, Item: { ...pushKey(pushId), ...push, ttl } });
      return true;
    },

    end,

    /**
     * A session of a buyer begins in a browser. True: it is theirs, and is told of what is about them until that session ends. False:
     * it was somebody else's, and is told nothing any more. Safe to repeat.
     */
    async resume(pushId: string, buyer: BuyerId, sessionUntilMs: number): Promise<boolean> {
      try {
        await client.update({
          TableName: table,
          Key: pushKey(pushId),
          UpdateExpression: "set sessionUntilMs = :until",
          ConditionExpression: "buyerId = :buyer",
          ExpressionAttributeValues: { ":until": sessionUntilMs, ":buyer": buyer },
        });
        return true;
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
        await end(pushId);
        return false;
      }
    },
  };
}
