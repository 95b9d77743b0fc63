import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { SaleId } from "../../core/ids.ts";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { waitFor } from "../support/wait-for.ts";
import { testSchedules } from "./support.ts";

const cloud = await testFaultyCloud();
const sales = await testSchedules(cloud);

const UNITS = 10;
/** Lowered in the gate first, while the transaction waits: what is delayed there. */
const delayed = { allocated: 8 };
const later = [
  ["paused", "pause"],
  ["ended", "end"],
  ["lowered", { allocated: 3 }],
] as const;
/** How long Redis stands still. A gate call gives up after a second. */
const STALLS_MS = [1_100, 1_200, 1_300, 1_400, 1_500, 1_600, 1_700];
/** For commands that were let go to have reached Redis. */
const ARRIVAL_MS = 200;

const gateAnswers = (saleId: SaleId) =>
  waitFor("the gate answers", async () => (await sales.watch(saleId)).stock !== null);

afterEach(() => cloud.redis.set("pass"));

/** Strangers buy until nobody gets a unit. @returns how many orders were accepted; each became a row. */
async function sellOut(saleId: SaleId): Promise<number> {
  const answers = await Promise.all(Array.from({ length: UNITS + 2 }, () => sales.buy(saleId)));
  const accepted = answers.filter(({ status }) => status === 202).map(({ body }) => String(body?.orderId));
  await waitFor("all are rows", async () => {
    const rows = await sales.rowStates(saleId);
    return accepted.every((orderId) => rows.has(orderId));
  });
  const rows = await sales.rowStates(saleId);
  expect(accepted.map((orderId) => rows.get(orderId))).toEqual(accepted.map(() => "confirmed"));
  return accepted.length;
}

/** What the sale sells after the later change, by what it was. */
const sells = { paused: 0, ended: 0, lowered: 3 } as const;

async function expectAgreement(saleId: SaleId): Promise<void> {
  const { gate, recorded } = await sales.settingsOf(saleId);
  expect(gate).toEqual(recorded);
}

describe("a change whose command reaches the gate after a later change was answered 200", () => {
  test.for(later)("is without effect: %s stays", async ([name, change]) => {
    const saleId = await sales.newSale({ allocated: UNITS });
    cloud.redis.set("stall");
    const first = await sales.operate(saleId, delayed);
    expect(first.status).not.toBe(200);
    cloud.redis.set("late");
    await gateAnswers(saleId);
    expect(await sales.operate(saleId, change)).toMatchObject({ status: 200 });
    cloud.redis.set("pass");
    await sleep(ARRIVAL_MS);

    expect(await sellOut(saleId)).toBe(sells[name]);
    await sales.newGuardian().lookAFewTimes(saleId);
    await expectAgreement(saleId);
  });
});

test(
  "whenever Redis goes on, the gate ends with what the system of record has",
  { timeout: 90_000 },
  async () => {
    const ends: string[] = [];
    for (const stallMs of STALLS_MS) {
      // Two at a time: each waiting change keeps a connection to PostgreSQL.
      const pair = [later[0], later[2]] as const;
      const saleIds = await Promise.all(pair.map(() => sales.newSale({ allocated: UNITS })));
      cloud.redis.set("stall");
      const going = sleep(stallMs).then(() => cloud.redis.set("pass"));
      const changes = saleIds.map((saleId) => sales.operate(saleId, delayed));
      await sleep(50);
      const others = saleIds.map((saleId, i) => sales.operate(saleId, pair[i]![1]));
      await Promise.all([going, ...changes, ...others]);
      await gateAnswers(saleIds[0]!);
      await sleep(ARRIVAL_MS);
      for (const saleId of saleIds) {
        await sales.newGuardian().lookAFewTimes(saleId);
        const { gate, recorded } = await sales.settingsOf(saleId);
        if (gate.join() !== recorded.join())
          ends.push(`${stallMs} ms: gate ${gate.join()}, recorded ${recorded.join()}`);
        else await sellOut(saleId);
      }
    }
    expect(ends).toEqual([]);
  },
);
