import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { chunk, type Item } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import { mailboxOf, type Providers } from "./aliases.ts";
import { buyerKey } from "./identity.dynamo.ts";
import { normalizeEmail } from "./staff.ts";

const addressKey = (id: BuyerId) => ({ pk: `address#${id}` });
const passkeysKey = (id: BuyerId) => ({ pk: `passkeys#${id}` });
const passkeyKey = (passkeyId: string) => ({ pk: `passkey#${passkeyId}` });
const pushesKey = (id: BuyerId) => ({ pk: `pushes#${id}` });
const pushKey = (pushId: string) => ({ pk: `push#${pushId}` });
const mailboxKey = (email: string) => ({ pk: `mailbox#${email}` });
/** Marks that are read together. */
const TOGETHER = 50;

export type IdentityTraces = ReturnType<typeof createIdentityTraces>;

/** What signing in keeps of a buyer under their addresses: seen, and erased. */
export function createIdentityTraces(client: Dynamo, table: string, providers: Providers) {
  const get = async (Key: { readonly pk: string }): Promise<Item | undefined> =>
    (await client.get({ TableName: table, Key, ConsistentRead: true })).Item;

  /** Every address that leads to the buyer: those they signed in with, and the mailbox behind each. */
  async function emailsOf(id: BuyerId): Promise<string[]> {
    const item = await get(addressKey(id));
    const known = [item?.["email"], ...((item?.["emails"] as ReadonlySet<string> | undefined) ?? [])];
    const emails = known.filter((email): email is string => typeof email === "string");
    return [...new Set(emails.flatMap((email) => [email, mailboxOf(email, providers)]))];
  }

  const idsIn = async (Key: { readonly pk: string }): Promise<string[]> => [
    ...(((await get(Key))?.["ids"] as ReadonlySet<string> | undefined) ?? []),
  ];

  return {
    emailsOf,

    /** Whose address it is, or whose mailbox it is an alias of, as signing in has it; null: nobody's. */
    async buyerOf(email: string): Promise<BuyerId | null> {
      const address = normalizeEmail(email);
      const item = (await get(buyerKey(address))) ?? (await get(buyerKey(mailboxOf(address, providers))));
      return (item?.["buyerId"] as BuyerId | undefined) ?? null;
    },

    /**
     * Until when sessions of the buyer may run; null: none has begun since that is noted. 0: they are gone, and no session of
     * theirs begins any more.
     */
    async sessionsUntilMs(id: BuyerId): Promise<number | null> {
      const item = await get(addressKey(id));
      if (item?.["goneAtMs"] !== undefined) return 0;
      return (item?.["sessionsUntilMs"] as number | undefined) ?? null;
    },

    /**
     * Says that the buyer is gone: from now on no session of theirs begins. False: one began since `sessionsUntilMs` was read.
     * Safe to repeat.
     */
    async leave(id: BuyerId, seenUntilMs: number | null, nowMs: number): Promise<boolean> {
      const isUnchanged =
        seenUntilMs === null ? "attribute_not_exists(sessionsUntilMs)" : "sessionsUntilMs = :seen";
      try {
        await client.update({
          TableName: table,
          Key: addressKey(id),
          UpdateExpression: "set goneAtMs = if_not_exists(goneAtMs, :now)",
          ConditionExpression: `attribute_exists(goneAtMs) or ${isUnchanged}`,
          ExpressionAttributeValues: { ":now": nowMs, ...(seenUntilMs !== null && { ":seen": seenUntilMs }) },
        });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },

    /** Notes an address that leads to the buyer, so that it is erased with the others, however often this is cut off. */
    async note(id: BuyerId, email: string): Promise<void> {
      await client.update({
        TableName: table,
        Key: addressKey(id),
        UpdateExpression: "add emails :email",
        ExpressionAttributeValues: { ":email": new Set([normalizeEmail(email)]) },
      });
    },

    /** All items that bear an address of the buyer's, or are found by one; sets as lists. */
    async read(id: BuyerId): Promise<Item[]> {
      const [emails, passkeyIds, pushIds] = await Promise.all([
        emailsOf(id),
        idsIn(passkeysKey(id)),
        idsIn(pushesKey(id)),
      ]);
      const keys = [
        addressKey(id),
        ...emails.flatMap((email) => [buyerKey(email), mailboxKey(email)]),
        passkeysKey(id),
        ...passkeyIds.map(passkeyKey),
        pushesKey(id),
      ];
      const [items, pushes] = await Promise.all(
        [keys, pushIds.map(pushKey)].map((some) => Promise.all(some.map(get))),
      );
      // A browser that somebody else has used since is theirs.
      const own = pushes!.filter((item) => item?.["buyerId"] === id);
      return [...items!, ...own].filter((item) => item !== undefined).map(plain);
    },

    /**
     * Which mails about an order of so many events and attempts to pay were sent: there may be one for each, and one for the
     * order itself.
     */
    async mailsOf(orderId: OrderId, events: number, attempts: number): Promise<Item[]> {
      const numbers = [
        ...Array.from({ length: events + 1 }, (_, number) => `${number}`),
        ...Array.from({ length: attempts }, (_, before) => `payment-${before + 1}`),
      ];
      const items: (Item | undefined)[] = [];
      for (const some of chunk(numbers, TOGETHER))
        items.push(...(await Promise.all(some.map((number) => get({ pk: `mail#${orderId}#${number}` })))));
      return items.filter((item) => item !== undefined).map(plain);
    },

    /**
     * Erases all that leads from an address to the buyer, and back. What names the addresses goes last: cut off before, it is
     * done again. An address that is somebody else's by now stays theirs. That the number is gone stays, by the number alone: a
     * sign-in that is on its way with it must not bring it back.
     */
    async erase(id: BuyerId): Promise<void> {
      for (const passkeyId of await idsIn(passkeysKey(id))) await eraseOwn(id, passkeyKey(passkeyId));
      await client.delete({ TableName: table, Key: passkeysKey(id) });
      for (const pushId of await idsIn(pushesKey(id))) await eraseOwn(id, pushKey(pushId));
      await client.delete({ TableName: table, Key: pushesKey(id) });
      for (const email of await emailsOf(id)) {
        const isOurs = await eraseOwn(id, buyerKey(email));
        if (isOurs) await client.delete({ TableName: table, Key: mailboxKey(email) });
      }
      await client.update({
        TableName: table,
        Key: addressKey(id),
        UpdateExpression: "remove email, emails, #language, sessionsUntilMs",
        ExpressionAttributeNames: { "#language": "language" },
      });
    },
  };

  /** Whether it led to this buyer, or to nobody any more. */
  async function eraseOwn(id: BuyerId, Key: { readonly pk: string }): Promise<boolean> {
    try {
      await client.delete({
        TableName: table,
        Key,
        ConditionExpression: "attribute_not_exists(pk) or buyerId = :id",
        ExpressionAttributeValues: { ":id": id },
      });
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }
}

const plain = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, value instanceof Set ? [...value] : value]),
  );
