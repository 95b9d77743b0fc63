import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { buyerId } from "../contract/ids.ts";
import { type Language, languages } from "../contract/language.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId } from "../ids.ts";
import { buyerKey } from "./identity.dynamo.ts";
import { normalizeEmail } from "./staff.ts";

/** Items from before there were mails about orders have no language. */
const addressItem = v.object({
  pk: v.string(),
  /** Absent: it was erased. */
  email: v.optional(v.string()),
  language: v.optional(v.picklist(languages), "en"),
});
/** DynamoDB's limit of one BatchGetItem. */
const BATCH_ITEMS = 100;
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 50;

const PREFIX = "address#";
const keyOf = (id: BuyerId) => ({ pk: `${PREFIX}${id}` });

/** Where a buyer gets mail, and in which language. */
export type Recipient = { readonly email: string; readonly language: Language };

export type Addresses = ReturnType<typeof createAddresses>;

/** The mail address that each buyer signed in with last, and in which language, so that they can be reached. */
export function createAddresses(client: DynamoDBDocumentClient, table: string) {
  async function batch(ids: readonly BuyerId[]): Promise<v.InferOutput<typeof addressItem>[]> {
    const found: v.InferOutput<typeof addressItem>[] = [];
    let keys: Record<string, unknown>[] = ids.map(keyOf);
    for (let attempt = 0; attempt < ATTEMPTS && keys.length > 0; attempt++) {
      if (attempt > 0) await new Promise((resume) => setTimeout(resume, FIRST_WAIT_MS * 2 ** attempt));
      const answer = await client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }));
      found.push(...v.parse(v.array(addressItem), answer.Responses?.[table] ?? []));
      keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
    if (keys.length > 0) throw new Error(`${keys.length} addresses were not read`);
    return found;
  }

  /** How to reach those buyers who are known; who signed in before addresses were kept is not, until the next time. */
  async function recipients(ids: readonly BuyerId[]): Promise<ReadonlyMap<BuyerId, Recipient>> {
    const batches = chunk([...new Set(ids)], BATCH_ITEMS);
    const found = (await Promise.all(batches.map(batch))).flat();
    return new Map(
      found.flatMap(({ pk, email, language }) =>
        email === undefined ? [] : [[pk.slice(PREFIX.length) as BuyerId, { email, language }] as const],
      ),
    );
  }

  return {
    /**
     * Keeps the address of a buyer beside those that they had before, which are erased with it, and until when the session
     * that begins now may run; safe to repeat. False: the buyer's data were erased, and nobody is this number any more.
     */
    async put(id: BuyerId, { email, language }: Recipient, sessionUntilMs: number): Promise<boolean> {
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(id),
            UpdateExpression:
              "set email = :email, #language = :language, sessionsUntilMs = :until add emails :emails",
            ConditionExpression: "attribute_not_exists(goneAtMs)",
            ExpressionAttributeNames: { "#language": "language" },
            ExpressionAttributeValues: {
              ":email": email,
              ":language": language,
              ":until": sessionUntilMs,
              ":emails": new Set([email]),
            },
          }),
        );
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },

    recipients,

    /** The addresses of those buyers who are known. */
    async of(ids: readonly BuyerId[]): Promise<ReadonlyMap<BuyerId, string>> {
      return new Map([...(await recipients(ids))].map(([id, { email }]) => [id, email]));
    },

    /** Whose address it is; null: nobody signed in with it. */
    async buyerOf(email: string): Promise<BuyerId | null> {
      const Key = buyerKey(normalizeEmail(email));
      const answer = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return answer.Item ? v.parse(buyerId, answer.Item["buyerId"]) : null;
    },
  };
}
