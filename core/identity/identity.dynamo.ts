import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { buyerId } from "../contract/ids.ts";
import { type Language, languages } from "../contract/language.ts";
import type { BuyerId } from "../ids.ts";

/** One request for a code: what it was asked for, and what it was counted as, to be given back once it is answered. */
export type Challenge = {
  readonly email: string;
  /** Of the page that asked: mails about orders are written in it later. */
  readonly language: Language;
  readonly neighbourhood: string;
  readonly expiresAtMs: number;
  readonly counted: readonly string[];
};

const challengeItem = v.object({
  email: v.string(),
  language: v.optional(v.picklist(languages), "en"),
  neighbourhood: v.string(),
  expiresAtMs: v.number(),
  counted: v.array(v.string()),
});

/** A count in its window, and the key to take one from it again. */
export type Counted = { readonly count: number; readonly key: string };

/** Seconds that an expired item may lie around before DynamoDB deletes it by its `ttl`; readers check times themselves. */
const KEEP_SECONDS = 3600;

const isConditionFailure = (error: unknown) =>
  error instanceof Error && error.name === "ConditionalCheckFailedException";

/** Where it is written who signs in with an address. */
export const buyerKey = (email: string) => ({ pk: `buyer#${email}` });

const challengeKey = (challenge: string) => ({ pk: `challenge#${challenge}` });

export type IdentityStore = ReturnType<typeof createIdentityStore>;

/** Buyers by address, open sign-in challenges, and counters of what was asked for. */
export function createIdentityStore(client: DynamoDBDocumentClient, table: string) {
  return {
    async openChallenge(challenge: string, item: Challenge): Promise<void> {
      const ttl = Math.ceil(item.expiresAtMs / 1000) + KEEP_SECONDS;
      await client.send(
        new PutCommand({ TableName: table, Item: { ...challengeKey(challenge), ...item, guesses: 0, ttl } }),
      );
    },

    /** Counts one guess and answers the challenge; null if there is none, it expired, or it has no guess left. */
    async countGuess(challenge: string, mostGuesses: number, nowMs: number): Promise<Challenge | null> {
      try {
        const answer = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: challengeKey(challenge),
            UpdateExpression: "add guesses :one",
            ConditionExpression: "attribute_exists(pk) and guesses < :most and expiresAtMs > :now",
            ExpressionAttributeValues: { ":one": 1, ":most": mostGuesses, ":now": nowMs },
            ReturnValues: "ALL_NEW",
          }),
        );
        return v.parse(challengeItem, answer.Attributes);
      } catch (error) {
        if (isConditionFailure(error)) return null;
        throw error;
      }
    },

    /** Uses a challenge up; false if somebody did already. */
    async closeChallenge(challenge: string): Promise<boolean> {
      try {
        const condition = "attribute_exists(pk)";
        await client.send(
          new DeleteCommand({
            TableName: table,
            Key: challengeKey(challenge),
            ConditionExpression: condition,
          }),
        );
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },

    /** Counts one more of `what` in the window that holds now; answers how many there are in it. */
    async count(what: string, windowSeconds: number, nowMs: number): Promise<Counted> {
      const window = Math.floor(nowMs / 1000 / windowSeconds);
      const key = `count#${what}#${window}`;
      const answer = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: key },
          UpdateExpression: "add #count :one set #ttl = :ttl",
          ExpressionAttributeNames: { "#count": "count", "#ttl": "ttl" },
          ExpressionAttributeValues: { ":one": 1, ":ttl": (window + 1) * windowSeconds + KEEP_SECONDS },
          ReturnValues: "ALL_NEW",
        }),
      );
      return { count: v.parse(v.number(), answer.Attributes?.["count"]), key };
    },

    /** Takes one from a count, in the window that it was counted in; nothing if that is gone. */
    async uncount(key: string): Promise<void> {
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: key },
            UpdateExpression: "add #count :minus",
            ConditionExpression: "attribute_exists(pk)",
            ExpressionAttributeNames: { "#count": "count" },
            ExpressionAttributeValues: { ":minus": -1 },
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },

    /** The buyer with this address; null: there is none. */
    async knownBuyer(email: string): Promise<BuyerId | null> {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: buyerKey(email), ConsistentRead: true }),
      );
      return Item ? v.parse(buyerId, Item["buyerId"]) : null;
    },

    /** Takes an address from a buyer who is gone; one that leads to somebody else stays theirs. */
    async forgetBuyer(email: string, id: BuyerId): Promise<void> {
      try {
        await client.send(
          new DeleteCommand({
            TableName: table,
            Key: buyerKey(email),
            ConditionExpression: "buyerId = :id",
            ExpressionAttributeValues: { ":id": id },
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },

    /** The buyer with this address: `candidate` if there was none, whoever else asks at the same time. */
    async buyerByEmail(email: string, candidate: BuyerId): Promise<BuyerId> {
      const key = buyerKey(email);
      try {
        const item = { ...key, buyerId: candidate };
        await client.send(
          new PutCommand({ TableName: table, Item: item, ConditionExpression: "attribute_not_exists(pk)" }),
        );
        return candidate;
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
        const answer = await client.send(
          new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
        );
        return v.parse(buyerId, answer.Item?.["buyerId"]);
      }
    },
  };
}
