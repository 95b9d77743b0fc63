import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import { mailboxOf, type Providers } from "./aliases.ts";
import { buyerKey } from "./identity.dynamo.ts";
import { normalizeEmail } from "./staff.ts";

const addressKey = (id: BuyerId) => ({ pk: `address#${id}` });
const passkeysKey = (id: BuyerId) => ({ pk: `passkeys#${id}` });
const passkeyKey = (passkeyId: string) => ({ pk: `passkey#${passkeyId}` });
const mailboxKey = (email: string) => ({ pk: `mailbox#${email}` });
/** More events than an order has; a mail is sent for some of them. */
const MOST_MAILS = 30;

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

  const passkeysOf = async (id: BuyerId): Promise<string[]> => [
    ...(((await get(passkeysKey(id)))?.["ids"] as ReadonlySet<string> | undefined) ?? []),
  ];

  /** What names the passkeys goes last, as with the addresses. */
  async function erasePasskeys(id: BuyerId): Promise<void> {
    for (const passkeyId of await passkeysOf(id))
      await client.delete({ TableName: table, Key: passkeyKey(passkeyId) });
    await client.delete({ TableName: table, Key: passkeysKey(id) });
  }

  return {
    emailsOf,

    /** Whose address it is; null: nobody's. */
    async buyerOf(email: string): Promise<BuyerId | null> {
      const item = await get(buyerKey(normalizeEmail(email)));
      return (item?.["buyerId"] as BuyerId | undefined) ?? null;
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
      const emails = await emailsOf(id);
      const keys = [
        addressKey(id),
        ...emails.flatMap((email) => [buyerKey(email), mailboxKey(email)]),
        passkeysKey(id),
        ...(await passkeysOf(id)).map(passkeyKey),
      ];
      const items = await Promise.all(keys.map(get));
      return items.filter((item) => item !== undefined).map(plain);
    },

    /** Which mails about an order were sent. */
    async mailsOf(orderId: OrderId): Promise<Item[]> {
      const numbers = Array.from({ length: MOST_MAILS }, (_, number) => number);
      const items = await Promise.all(numbers.map((number) => get({ pk: `mail#${orderId}#${number}` })));
      return items.filter((item) => item !== undefined).map(plain);
    },

    /**
     * Erases all that leads from an address to the buyer, and back. What names the addresses goes last: cut off before, it is
     * done again. An address that is somebody else's by now stays theirs.
     */
    async erase(id: BuyerId): Promise<void> {
      await erasePasskeys(id);
      for (const email of await emailsOf(id)) {
        const isOurs = await eraseBuyer(id, email);
        if (isOurs) await client.delete({ TableName: table, Key: mailboxKey(email) });
      }
      await client.delete({ TableName: table, Key: addressKey(id) });
    },
  };

  /** Whether the address led to this buyer, or to nobody any more. */
  async function eraseBuyer(id: BuyerId, email: string): Promise<boolean> {
    try {
      await client.delete({
        TableName: table,
        Key: buyerKey(email),
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
