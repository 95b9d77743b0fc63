import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { type LineState, noLine } from "./line-state.ts";
import { logKey, logPartition } from "./line-key.ts";
import type { News } from "./log-line.ts";
import { nextLine, readLines } from "./read-log.ts";

const item = v.object({ text: v.string() });

export type LineLogs = ReturnType<typeof createLineLogs>;

/** The logs of lines, each line put once and never changed: whoever is second with a number learns it, and reads on. */
export function createLineLogs(client: Dynamo, table: string) {
  /** The texts from a line on, up to `most`. */
  async function texts(saleId: SaleId, from: number, most = Number.POSITIVE_INFINITY): Promise<string[]> {
    const found: string[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const answer = await client.query({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk and sk >= :from",
        ExpressionAttributeValues: { ":pk": logPartition(saleId), ":from": logKey(saleId, from).sk },
        ...(Number.isFinite(most) && { Limit: most - found.length }),
        ...(start && { ExclusiveStartKey: start }),
      });
      for (const stored of answer.Items ?? []) found.push(v.parse(item, stored).text);
      start = answer.LastEvaluatedKey;
    } while (start && found.length < most);
    return found;
  }

  return {
    texts,

    /** The state by now, from one that is known. @throws LogBroken. */
    read: async (saleId: SaleId, known: LineState = noLine): Promise<LineState> =>
      readLines(saleId, known, await texts(saleId, known.lines)),

    /**
     * Adds a line behind the state that the caller has read. Null: somebody else has added one meanwhile; read on. One put
     * that threw may have happened all the same: then the next read finds the line.
     *
     * @throws LogBroken when the line may not follow.
     */
    async append(saleId: SaleId, known: LineState, news: News, nowMs: number): Promise<LineState | null> {
      const { text, state } = nextLine(saleId, known, news, nowMs);
      const put = await putOnce(client, table, { ...logKey(saleId, known.lines), text });
      if (put === "written") return state;
      // An SDK's second try is refused by its own first one.
      const [there] = await texts(saleId, known.lines, 1);
      return there === text ? state : null;
    },
  };
}
