import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { BuyerId } from "../../../core/ids.ts";
import { createJoins } from "../../../core/line/joins.dynamo.ts";
import { createLineLogs } from "../../../core/line/line-log.dynamo.ts";
import type { News } from "../../../core/line/log-line.ts";
import { testStores } from "../../support/stores.ts";
import { testTables } from "../../support/test-aws.ts";
import { aSale } from "../../support/test-sale.ts";
import { allRules } from "../rules.ts";
import { after, type Joins, lineOperations, type Log, openLog, stateOf } from "./line.ts";

const stores = await testStores();
const dynamo = testTables(stores.dynamoEndpoint);
const operations = lineOperations(allRules);

const WRITERS = 3;
const step = fc.record({
  writer: fc.nat(WRITERS - 1),
  does: fc.constantFrom("read", "append"),
  isPaused: fc.boolean(),
});

test("of writers who have read different logs the first one adds a line, as the model says", async () => {
  const logs = createLineLogs(dynamo, stores.lineTable);
  const { saleId } = stateSale();
  const atMs = stateOf(openLog("waiting_room")).atMs;
  let model: Log = [];
  for (const text of openLog("waiting_room")) {
    const known = stateOf(model);
    const { n: _, prev: __, atMs: ___, ...news } = JSON.parse(text) as News & Record<string, unknown>;
    expect(await logs.append(saleId, known, news as News, atMs)).not.toBeNull();
    model = [...model, text];
  }
  const known: Log[] = Array.from({ length: WRITERS }, () => model);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 40 }), async (steps) => {
      for (const { writer, does, isPaused } of steps) {
        const seen = known[writer]!;
        if (does === "append") {
          const pace = { admissionsPerSecond: 1, mostInside: writer, isPaused, message: "" };
          const news: News = { kind: "settings", ...pace, role: "operator" };
          const text = after(seen, news).at(-1)!;
          const { reply, next } = operations.log.append.run({ after: seen.length, text }, model as never)[0]!;
          const isSame = model[seen.length] === text;
          model = next[0] as Log;
          const state = await logs.append(saleId, stateOf(seen), news, atMs);
          // A writer whose own line is there takes it for added: its first try may have been.
          expect(state !== null).toBe(reply === "added" || isSame);
        }
        known[writer] = model;
        expect(await logs.texts(saleId, 0)).toEqual(model);
      }
    }),
    { numRuns: 1 },
  );
});

/** The sale that the model's logs are of. */
const stateSale = () => ({ saleId: JSON.parse(openLog("draw")[0]!).saleId as never });

test("a list has each who has joined once, as the model says", async () => {
  const joins = createJoins(dynamo, stores.lineTable);
  const joined = fc.array(fc.record({ list: fc.nat(1), buyer: fc.constantFrom("byr_A", "byr_B", "byr_C") }));
  await fc.assert(
    fc.asyncProperty(joined, async (all) => {
      const { saleId } = aSale();
      let model: Joins = {};
      for (const { list, buyer } of all) {
        model = operations.joins.put.run({ list, buyer }, model as never)[0]!.next[0] as Joins;
        await joins.put(saleId, {
          buyerId: buyer as BuyerId,
          list,
          lane: 0,
          quantity: 1,
          salt: Buffer.alloc(16),
          why: null,
          language: "en",
        });
      }
      for (const list of [0, 1]) {
        const there = (await joins.ofList(saleId, list)).map(({ buyerId }) => buyerId as string);
        expect(there.toSorted()).toEqual(model[list] ?? []);
      }
    }),
    { numRuns: 10 },
  );
});
