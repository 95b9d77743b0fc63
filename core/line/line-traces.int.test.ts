import { expect, test } from "vitest";
import { testTables } from "../../tests/support/test-aws.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testLine } from "../../tests/support/test-line.ts";
import type { BuyerId } from "../ids.ts";
import { lanesKey } from "./line-key.ts";
import { createLineTraces } from "./line-traces.dynamo.ts";

const stores = await testStores();
const at = testLine(stores);
const traces = createLineTraces(testTables(stores.dynamoEndpoint), stores.lineTable);
const iso = (ms: number) => new Date(ms).toISOString();
const LISTS = 2;

/** A draw that let all of three people in, each by whichever step; each was told of it, and of the result. */
async function toldPeople() {
  const startsAtMs = Date.now() - 60_000;
  const closesAtMs = startsAtMs - 120_000;
  const times = { closesAt: iso(closesAtMs), resultAt: iso(closesAtMs + 60_000), turnSeconds: 300 };
  const saleId = await at.makeSale({ kind: "draw", ...times }, startsAtMs);
  const people: BuyerId[] = [];
  for (let count = 0; count < 3; count++) people.push((await at.join(saleId)).buyerId);
  const duty = at.guardian();
  for (const offsetMs of [1_000, 20_000]) await at.look(duty, saleId, closesAtMs + offsetMs);
  await at.bringRound(saleId, 0);
  for (const offsetMs of [90_000, 121_000, 125_000]) await at.look(duty, saleId, closesAtMs + offsetMs);
  const { steps } = await at.logs.read(saleId);
  const letIn = steps.find(({ people: some }) => some === people.length)!;
  for (const buyerId of people) {
    await at.results.begin(saleId, buyerId, Date.now());
    await at.turnMails.marks(saleId, letIn.step, Date.now()).begin(buyerId, Date.now());
  }
  const toldOf = async () => [...(await at.turnMails.allMarks(saleId, letIn.step)).keys()].toSorted();
  return { saleId, people, toldOf };
}

test("that somebody was told of their turn is seen with their entry, erased with it, and gone by itself after a while", async () => {
  const { saleId, people, toldOf } = await toldPeople();
  const [gone, ...others] = people;
  await testTables(stores.dynamoEndpoint).update({
    TableName: stores.lineTable,
    Key: lanesKey(saleId, 0),
    UpdateExpression: "add buyers :buyers",
    ExpressionAttributeValues: { ":buyers": new Set(people) },
  });
  const kinds = (await traces.read(saleId, gone!, LISTS)).map(({ pk }) => String(pk).split("#")[1]);
  expect(kinds).toEqual(["list", "list", "results", "told"]);
  const [, undone, , mark] = await traces.read(saleId, gone!, LISTS);
  expect(undone).toMatchObject({ sk: "lanes", buyers: [gone] });
  expect(mark).toMatchObject({ sk: gone, state: "sending", ttl: expect.any(Number) as number });
  expect(await traces.erase(saleId, gone!, LISTS)).toBe(1);
  expect(await toldOf()).toEqual(others.toSorted());
  expect(await traces.read(saleId, gone!, LISTS)).toEqual([]);
  expect(await traces.erase(saleId, gone!, LISTS)).toBe(0);
});

test("cut off before its entry is gone, an erasure finds the rest when it is asked again", async () => {
  const { saleId, people, toldOf } = await toldPeople();
  const dynamo = testTables(stores.dynamoEndpoint);
  let deletes = 0;
  const cutOff: typeof dynamo = {
    ...dynamo,
    delete: async (input) => {
      if (++deletes > 1) throw new Error("cut off");
      return dynamo.delete(input);
    },
  };
  await expect(createLineTraces(cutOff, stores.lineTable).erase(saleId, people[0]!, LISTS)).rejects.toThrow(
    "cut off",
  );
  expect(await toldOf()).toHaveLength(people.length);
  await traces.erase(saleId, people[0]!, LISTS);
  expect(await toldOf()).toHaveLength(people.length - 1);
});
