import { afterAll, describe, expect, test } from "vitest";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { sql } from "kysely";
import { testCloud } from "../../tests/support/cloud.ts";
import { aFilling, gateOn, reservationOf } from "../../tests/gate/test-gate.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aSale, LONG_AGO_MS, anActor } from "../../tests/support/test-sale.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import { closeClients } from "../opened.ts";
import { gateConnection } from "../clients/purchase-gate.ts";
import { loadConfig } from "../config.ts";
import { gateKeys } from "../gate/keys.ts";
import { RebuildStopped } from "../gate/rebuild.redis.ts";
import type { SaleId } from "../ids.ts";
import { operate } from "../../ops/operations/operate.ts";
import { operationDependencies } from "../../ops/operations/operation-dependencies.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { readFacts } from "../reconciliation/read-facts.ts";
import { reconcile } from "../reconciliation/reconcile.ts";
import { createSale } from "../administration/create-sale.ts";
import { guardDependencies } from "../clients/guard-dependencies.ts";
import { createGuard } from "./guard-sale.ts";
import { guardedSales } from "./guarded-sales.postgres.ts";
import { recover } from "./recover.ts";
import { republish } from "./relay.ts";
import { beginEpoch, Fenced, latestRecovery } from "./recovery.postgres.ts";

// Each recovery drains for six seconds; the tests of this file go side by side, each with a sale of its own.
await testCloud();
const deps = await operationDependencies();
const guardian = await guardDependencies();
const redis = gateConnection(loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]));
const on = gateOn(redis);
afterAll(closeClients);

async function openSale(allocated: number): Promise<SaleId> {
  const sale = aSale();
  const { name, description, translations, priceMinor, currency, purchaseLimit } = sale;
  const { attemptLimit, mode, payment } = sale;
  const request = {
    name,
    description,
    translations,
    priceMinor,
    currency,
    purchaseLimit,
    attemptLimit,
    mode,
    payment,
    withdrawal: { kind: "days" as const, days: 14, returnsGo: "on_sale" as const },
    guests: { kind: "everybody" as const },
    visibility: "listed" as const,
    allocated,
    endsAt: null,
  };
  const startsAt = new Date(LONG_AGO_MS).toISOString();
  const records = deps.saleRecords;
  const outcome = await createSale(
    { ...deps, records },
    { ...request, startsAt },
    crypto.randomUUID(),
    anActor,
    Date.now(),
  );
  if (outcome.kind !== "created") throw new Error(outcome.kind);
  return outcome.sale.saleId;
}

/** A purchase up to the gate: what a crash right after it leaves. */
const reserved = async (saleId: SaleId): Promise<Reservation> => reservationOf(await on.reserve(saleId));

/** A purchase up to its answer. */
async function accepted(saleId: SaleId): Promise<Reservation> {
  const reservation = await reserved(saleId);
  await republish(deps, [reservation]);
  return reservation;
}

const states = async (saleId: SaleId) => {
  const rows = await deps.db
    .selectFrom("orders")
    .select(["id", "state"])
    .where("sale_id", "=", saleId)
    .execute();
  return new Map(rows.map((row) => [row.id, row.state]));
};

const tracesOf = async (saleId: SaleId) => {
  const { rows } = await sql<{ trace: string | null }>`
    select distinct trace_id as trace from orders where sale_id = ${saleId}`.execute(deps.db);
  return rows.map((row) => row.trace);
};

const loseGate = (saleId: SaleId) => redis.del(...Object.values(gateKeys(saleId)));

async function look(saleId: SaleId): Promise<void> {
  const sale = (await guardedSales(deps.db)).find((guarded) => guarded.saleId === saleId);
  if (!sale) throw new Error("nobody guards this sale");
  await createGuard(guardian)(sale);
}

async function expectAgreement(saleId: SaleId, soldUnits: number): Promise<void> {
  const facts = await readFacts(deps, saleId);
  if (!facts) throw new Error("the gate is lost");
  const report = reconcile(facts);
  expect(report.identities.filter((identity) => !identity.holds)).toEqual([]);
  expect(report).toMatchObject({ differences: [], driftUnits: 0, inFlight: 0 });
  expect(facts.stock.sold).toBe(soldUnits);
}

describe.concurrent("the guardian", { timeout: 60_000 }, () => {
  test("finishes a purchase that crashed after the gate", async () => {
    const saleId = await openSale(5);
    const left = await reserved(saleId);
    await new Promise((resume) => setTimeout(resume, 2_100));
    await look(saleId);
    await waitFor("the order has a row", async () => (await states(saleId)).has(left.orderId));
    expect(await tracesOf(saleId)).toEqual([left.traceId]);
    expect(await on.redis.hlen(gateKeys(saleId).outbox)).toBe(0);
    await expectAgreement(saleId, 1);
  });

  test("rebuilds a lost gate: what was accepted is counted, what only the gate knew is gone, and it sells the rest", async () => {
    const saleId = await openSale(3);
    const kept = [await accepted(saleId), await accepted(saleId)];
    const unacknowledged = await reserved(saleId);
    await loseGate(saleId);
    expect((await on.reserve(saleId)).kind).toBe("lost");
    await look(saleId);

    expect(await on.reserve(saleId, { buyerId: kept[0]!.buyerId })).toMatchObject({ kind: "already_bought" });
    const again = await accepted(saleId);
    expect(again.place).toBe(3);
    expect((await on.reserve(saleId)).kind).toBe("sold_out");
    await waitFor("three rows", async () => (await states(saleId)).size === 3);
    const orders = await states(saleId);
    expect([...kept, again].map((reservation) => orders.get(reservation.orderId))).toEqual([
      "confirmed",
      "confirmed",
      "confirmed",
    ]);
    expect(orders.has(unacknowledged.orderId)).toBe(false);
    expect(await tracesOf(saleId)).toEqual([again.traceId]);
    await expectAgreement(saleId, 3);
    expect(await latestRecovery(deps.db, saleId)).toMatchObject({
      epoch: 2,
      report: { rebuilt: { soldUnits: 2 } },
    });
  });

  test.for(["buyers", "gate"] as const)("notices that the key %s vanished", async (key) => {
    const saleId = await openSale(4);
    await accepted(saleId);
    await redis.del(gateKeys(saleId)[key]);
    expect((await on.reserve(saleId)).kind).toBe("lost");
    await look(saleId);
    await accepted(saleId);
    await waitFor("two rows", async () => (await states(saleId)).size === 2);
    await expectAgreement(saleId, 2);
  });

  test("a recovery cut off after its epoch began is done again, and forgets nothing", async () => {
    const saleId = await openSale(4);
    const left = await reserved(saleId);
    await deps.ledger.put(left);
    await loseGate(saleId);
    let kept = 0;
    const cutOff = recover(deps, saleId, "test", 1, async () => {
      kept += 1;
      if (kept > 6) throw new Error("cut off before the gate is filled");
    });
    await expect(cutOff).rejects.toThrow("cut off");
    expect((await on.reserve(saleId)).kind).toBe("recovering");
    const report = await recover(deps, saleId, "test", 2, async () => {});
    expect(report.rebuilt).toEqual({ buyers: 1, soldUnits: 1, republished: 1 });
    await new Promise((resume) => setTimeout(resume, 2_100));
    await look(saleId);
    await waitFor("the order has a row", async () => (await states(saleId)).has(left.orderId));
    await expectAgreement(saleId, 1);
  });

  test("what only the outbox knows is kept by whoever takes over a recovery that was begun and died", async () => {
    const saleId = await openSale(4);
    const left = await reserved(saleId);
    await deps.rebuild.begin(saleId, 1);
    const report = await recover(deps, saleId, "test", 2, async () => {});
    expect(report.rebuilt).toEqual({ buyers: 1, soldUnits: 1, republished: 1 });
    expect(await on.reserve(saleId, { buyerId: left.buyerId })).toMatchObject({ kind: "already_bought" });
  });

  test("an entry that came too late for the rebuild is adopted while a unit is left, and rejected otherwise", async () => {
    const saleId = await openSale(2);
    const fields = { saleId, epoch: 1, n: 1 };
    const [adopted, refused] = [aReservation({ ...fields, place: 1 }), aReservation({ ...fields, place: 2 })];
    await loseGate(saleId);
    await look(saleId);
    await accepted(saleId);
    await republish(deps, [adopted]);
    await waitFor("it has a row", async () => (await states(saleId)).get(adopted.orderId) === "confirmed");
    expect((await on.reserve(saleId)).kind).toBe("sold_out");
    await republish(deps, [refused]);
    await waitFor("it is refused", async () => (await states(saleId)).get(refused.orderId) === "rejected");
    await waitFor("its buyer can read so", async () => {
      const entry = await deps.ledger.get(refused.orderId, refused.buyerId);
      return entry?.state.kind === "rejected" && entry.state.reason === "stale_epoch";
    });
    await expectAgreement(saleId, 2);
  });

  test("a guardian that lost its lease can neither close, fill, nor begin an epoch", async () => {
    const saleId = await openSale(2);
    const recovery = await deps.rebuild.begin(saleId, 5);
    await expect(deps.rebuild.begin(saleId, 4)).rejects.toThrow(RebuildStopped);
    await beginEpoch(deps.db, saleId, 5);
    await expect(beginEpoch(deps.db, saleId, 4)).rejects.toThrow(Fenced);
    const empty = aFilling({ epoch: 9, allocated: 2 });
    const late = { ...recovery, fence: 4 };
    await expect(deps.rebuild.refill(late, empty, async () => {})).rejects.toThrow(RebuildStopped);
    await expect(deps.rebuild.open(late, empty, aSale({ saleId }))).rejects.toThrow(RebuildStopped);
    expect((await on.reserve(saleId)).kind).toBe("recovering");
  });

  test("an operator's request is recorded as the reason", async () => {
    const saleId = await openSale(2);
    await accepted(saleId);
    await waitFor("one row", async () => (await states(saleId)).size === 1);
    const operation = operate(deps, ["recover", saleId]);
    await waitFor(
      "the request is there",
      async () => (await redis.hget(gateKeys(saleId).gate, "requested")) !== null,
    );
    await look(saleId);
    expect(JSON.parse((await operation).output)).toMatchObject({ why: "an operator asked for it", epoch: 2 });
    expect(await operate(deps, ["reconcile", saleId])).toMatchObject({ isWell: true });
  });
});

test("dead letters are listed with what they are about, and moved back on purpose", async () => {
  const saleId = await openSale(2);
  const letter = await reserved(saleId);
  await deps.ledger.put(letter);
  const { QueueUrl, client } = deadLetterQueue();
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(letter) }));
  client.destroy();

  const listed = JSON.parse((await operate(deps, ["dead-letters", "list"])).output);
  expect(listed).toMatchObject([{ order: letter.orderId }]);
  const other = await operate(deps, ["dead-letters", "redrive", "no-such-message"]);
  expect(JSON.parse(other.output)).toEqual({ moved: [] });
  const redriven = await operate(deps, ["dead-letters", "redrive", "--all"]);
  expect(JSON.parse(redriven.output)).toEqual({ moved: [listed[0].messageId] });
  await waitFor("the order has a row", async () => (await states(saleId)).has(letter.orderId));
});

function deadLetterQueue() {
  const { ORDER_DEAD_LETTERS_URL: QueueUrl, SQS_ENDPOINT: endpoint = "" } = loadConfig([
    "ORDER_DEAD_LETTERS_URL",
    "SQS_ENDPOINT",
  ]);
  return { QueueUrl, client: new SQSClient({ endpoint, useQueueUrlAsEndpoint: false }) };
}
