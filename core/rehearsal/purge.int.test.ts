import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo, testTables } from "../../tests/support/test-aws.ts";
import { testLine } from "../../tests/support/test-line.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { FAR_AHEAD_MS } from "../../tests/support/test-sale.ts";
import { newSaleId, type SaleId } from "../ids.ts";
import { createOpenPayments } from "../payment/open-payments.dynamo.ts";
import { createPurge } from "./purge.ts";

const stores = await testStores();
const at = testLine(stores);
const scanner = testDynamo(stores.dynamoEndpoint);
const dynamo = testTables(stores.dynamoEndpoint);
const purge = createPurge(at.redis, dynamo, { ledger: stores.ledgerTable, line: stores.lineTable });

const open = createOpenPayments(dynamo, stores.ledgerTable);
const anAttempt = {
  attempt: 1,
  amountMinor: 100,
  currency: "EUR",
  openedAtMs: 1,
  name: "Lamp",
  locale: "en",
  returnUrl: "https://shop.example.com/back",
} as const;
const iso = (ms: number) => new Date(ms).toISOString();

/** A draw whose list was drawn, with everything that a line leaves. */
async function aDrawnSale(): Promise<SaleId> {
  const startsAtMs = Date.now() - 60_000;
  const closesAtMs = startsAtMs - 120_000;
  const mode = {
    kind: "draw" as const,
    closesAt: iso(closesAtMs),
    resultAt: iso(closesAtMs + 60_000),
    turnSeconds: 300,
  };
  const saleId = await at.makeSale(mode, startsAtMs);
  const people = [await at.join(saleId), await at.join(saleId), await at.join(saleId), await at.join(saleId)];
  const duty = at.guardian();
  await at.look(duty, saleId, closesAtMs + 1_000);
  await at.look(duty, saleId, closesAtMs + 20_000);
  await at.bringRound(saleId, 0);
  for (const offsetMs of [90_000, 121_000, 125_000]) await at.look(duty, saleId, closesAtMs + offsetMs);
  await at.turnMails.owe(saleId, 1, Date.now());
  await at.turnMails.marks(saleId, 1, Date.now()).begin(people[0]!.buyerId, Date.now());
  await at.results.begin(saleId, people[1]!.buyerId, Date.now());
  await at.files.putOrders(saleId, { pages: ["a page"], count: 1, isFinal: true, fence: 1 });
  return saleId;
}

async function keysOf(TableName: string): Promise<string[]> {
  const keys: string[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await scanner.send(
      new ScanCommand({ TableName, ...(start && { ExclusiveStartKey: start }) }),
    );
    for (const { pk, sk } of page.Items ?? []) keys.push(`${pk} ${sk}`);
    start = page.LastEvaluatedKey;
  } while (start);
  return keys.toSorted();
}
const itemsOf = async (saleId: SaleId) =>
  (await keysOf(stores.lineTable)).filter((key) => key.includes(saleId));

test("of a rehearsal's line nothing is left, and of another everything", async () => {
  const [gone, stays] = [await aDrawnSale(), await aDrawnSale()];
  const before = await itemsOf(gone);
  const others = await itemsOf(stays);
  for (const part of [
    "#list#0#",
    "#log",
    "#pages#0#",
    "#leaves#0#",
    "#line joined",
    "#line orders",
    "#orders",
    "#results#",
  ])
    expect(
      before.some((key) => key.includes(part)),
      part,
    ).toBe(true);
  for (const part of ["results#owed", "turns#owed", "#told#"])
    expect(
      before.some((key) => key.includes(part)),
      part,
    ).toBe(true);
  expect(await purge.line(gone)).toBe(before.length);
  expect(await itemsOf(gone)).toEqual([]);
  expect(await purge.line(gone)).toBe(0);
  expect(await itemsOf(stays)).toEqual(others);
});

/** Everything that lies beside a hold in the ledger. */
async function fill(saleId: SaleId): Promise<void> {
  const held = aReservation({ saleId, heldUntilMs: FAR_AHEAD_MS });
  const { orderId, buyerId } = held;
  await at.ledger.put(held);
  await at.ledger.openPayment(held, anAttempt);
  await at.ledger.namePayment(held, 1, "cs_test_1");
  await open.add({ orderId, buyerId }, 1);
  await at.ledger.decideHold(held, { kind: "expired", number: 1, id: "expire" });
  await at.ledger.markAdopted(held, 2);
}

test("of a rehearsal's ledger nothing is left, and of a sale whose id ends alike everything", async () => {
  const before = await keysOf(stores.ledgerTable);
  const tag = newSaleId(1).slice(-8);
  const [gone, stays] = [1, 2].map((ms) => (newSaleId(ms).slice(0, -8) + tag) as SaleId) as [SaleId, SaleId];
  await fill(stays);
  const others = await keysOf(stores.ledgerTable);
  await fill(gone);
  const filled = await keysOf(stores.ledgerTable);
  expect(filled).toHaveLength(others.length + 6);
  expect(await purge.ledger(gone, true)).toBe(6);
  expect(await keysOf(stores.ledgerTable)).toEqual(others);
  expect(await purge.ledger(gone, true)).toBe(0);
  expect(await purge.ledger(stays, false)).toBe(6);
  expect(await keysOf(stores.ledgerTable)).toEqual(before);
});
