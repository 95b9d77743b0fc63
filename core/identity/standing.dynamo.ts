import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";

/** What a mailbox knows of a place: nothing, that somebody asked from there, or that its owner signed in there. */
export type Standing = "new" | "met" | "known";

const DAY_SECONDS = 24 * 60 * 60;
const keepSeconds = { met: DAY_SECONDS, known: 90 * DAY_SECONDS } as const;

const standingItem = v.object({ standing: v.picklist(["met", "known"]), untilMs: v.number() });

const keyOf = (pair: string) => ({ pk: `standing#${pair}` });

export type Standings = ReturnType<typeof createStandings>;

/** How mailbox and place stand to each other, under a hash of both: who reads the table learns nobody's places. */
export function createStandings(client: DynamoDBDocumentClient, table: string) {
  return {
    async get(pair: string, nowMs: number): Promise<Standing> {
      const answer = await client.send(new GetCommand({ TableName: table, Key: keyOf(pair) }));
      if (!answer.Item) return "new";
      const { standing, untilMs } = v.parse(standingItem, answer.Item);
      return untilMs > nowMs ? standing : "new";
    },

    /** Whoever is known stays known, also when somebody else asks from the same place. */
    async put(pair: string, standing: "met" | "known", nowMs: number): Promise<void> {
      const untilMs = nowMs + keepSeconds[standing] * 1000;
      const item = { ...keyOf(pair), standing, untilMs, ttl: Math.ceil(untilMs / 1000) };
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: item,
            ...(standing === "met" && {
              ConditionExpression: "attribute_not_exists(pk) or standing <> :known",
              ExpressionAttributeValues: { ":known": "known" },
            }),
          }),
        );
      } catch (error) {
        if (!(error instanceof Error && error.name === "ConditionalCheckFailedException")) throw error;
      }
    },
  };
}
