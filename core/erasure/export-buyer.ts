import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { Doer } from "../acts/act.ts";
import { recordAct } from "../acts/acts.postgres.ts";
import { guestItems } from "../administration/erase-guest.ts";
import type { BuyerExport } from "../contract/buyer-data.ts";
import { eventIdsOf } from "../events/merchant-event.ts";
import type { GateTraces } from "../gate/gate-traces.redis.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { LedgerTraces } from "../reservation/ledger-traces.dynamo.ts";
import { buyerNamed, type ErasureDependencies, isKnown } from "./erase-buyer.ts";
import { type KnownIn, saleIdsOf, standingsOf } from "./standings.ts";

export type ExportDependencies = ErasureDependencies & {
  readonly ledgerItems: LedgerTraces;
  readonly gates: GateTraces;
};

/** An order whose row is still to be written has at most the event that leads to it. */
const EVENTS_WITHOUT_ROW = 1;

/** What no store can be asked for by person; docs/privacy.md has the same, with all the rest. */
const notLookedUp: BuyerExport["notLookedUp"] = [
  {
    store: "DynamoDB, table Identity",
    what: "requests for a sign-in code (challenge#, count#): address, language, network of the request",
    why: "they are found by a secret of the page that asked, or by window and network",
    goneAfter: "two hours, by ttl",
  },
  {
    store: "DynamoDB, table Identity",
    what: "from which networks an address signed in (standing#)",
    why: "address and network are one keyed hash",
    goneAfter: "90 days, by ttl",
  },
  {
    store: "DynamoDB, table Lines",
    what: "from which network a line was joined, or its puzzle asked for (#from#, #asked#): number of the buyer under a keyed hash of the network",
    why: "it is found by the network",
    goneAfter: "30 days, by ttl",
  },
  {
    store: "Redis",
    what: "attempts to buy (attempts): a part of the buyer's number",
    why: "it is counted and forgotten",
    goneAfter: "40 seconds",
  },
  {
    store: "DynamoDB, table Identity",
    what: "sessions that were ended before their time (revoked#): numbers of sessions",
    why: "a session's number leads to no buyer",
    goneAfter: "12 hours",
  },
  {
    store: "DynamoDB, table Ledger",
    what: "payments that are not at rest (payments#open): numbers of buyer and order",
    why: "each is in the ledger's items above too",
    goneAfter: "once they are at rest",
  },
  {
    store: "PostgreSQL and DynamoDB, table Pictures",
    what: "of staff: decisions to go (go_decisions), rehearsals that they started, sales that they made (creation_key), pictures that they stored (storedBy), by number",
    why: "it is what was done for the shop; the audit log above has each of it but rehearsals",
    goneAfter: "with the sale",
  },
  {
    store: "SQS",
    what: "messages about orders, mails and webhooks on their way: number of the buyer, order",
    why: "queues cannot be searched",
    goneAfter: "seconds; 14 days where they fail",
  },
  {
    store: "CloudWatch, access log and functions' logs",
    what: "numbers of orders and requests, network addresses; no mail address",
    why: "they are kept to find faults",
    goneAfter: "a month",
  },
];

/**
 * All that is kept of a buyer, as it is stored, and what cannot be looked up; null: nobody is known by that. Who asked is written
 * first. @throws when a store is silent: it is whole or none.
 */
export async function exportBuyer(
  deps: ExportDependencies,
  who: string,
  doer: Doer,
): Promise<BuyerExport | null> {
  const { db, identity, clock } = deps;
  const buyerId = await buyerNamed(identity, who);
  if (buyerId === null || !(await isKnown(deps, buyerId))) return null;
  await recordAct(db, {
    actId: `export_${randomUUID()}`,
    doer,
    action: "data_exported",
    before: {},
    after: { buyerId },
  });
  const standings = await standingsOf(deps, buyerId);
  const [known, erasures, auditLog] = await Promise.all([
    identity.read(buyerId),
    db.selectFrom("erasures").selectAll().where("buyer_id", "=", buyerId).orderBy("id").execute(),
    db.selectFrom("audit_log").selectAll().where("actor_id", "=", buyerId).orderBy("id").execute(),
  ]);
  const sales: BuyerExport["sales"] = [];
  const notices = await deps.reminders.ofBuyer(await saleIdsOf(db), buyerId);
  const guests = await guestItems(deps, { buyerId, emails: await identity.emailsOf(buyerId) });
  for (const standing of standings) sales.push(await saleOf(deps, buyerId, standing));
  return {
    format: "flash-sale/buyer-export/1",
    exportedAt: new Date(clock.nowMs()).toISOString(),
    buyerId,
    identity: known,
    notices,
    guests,
    records: { erasures, auditLog },
    sales,
    notLookedUp,
  };
}

async function saleOf(
  deps: ExportDependencies,
  buyerId: BuyerId,
  { saleId, name, orders, lists }: KnownIn,
): Promise<BuyerExport["sales"][number]> {
  const { identity, lines, ledgerItems, gates, db } = deps;
  const orderIds = orders.map(({ orderId }) => orderId);
  const line = await lines.read(saleId, buyerId, lists);
  const inLists = line.flatMap(({ list }) => (typeof list === "number" ? [list] : []));
  const [ledger, records, gate] = await Promise.all([
    ledgerItems.read(saleId, buyerId),
    recordsOf(db, saleId, buyerId),
    gates.read(saleId, { buyerId, orderIds, lists: inLists }),
  ]);
  const mails: BuyerExport["sales"][number]["mails"][] = [];
  const attempts = ledger.reduce((most, item) => Math.max(most, Number(item["attempt"] ?? 0)), 0);
  for (const orderId of orderIds) {
    const row = records.orders.find(({ id }) => id === orderId);
    mails.push(await identity.mailsOf(orderId, row?.event_number ?? EVENTS_WITHOUT_ROW, attempts));
  }
  return { saleId, name, ledger, records, gate, line, mails: mails.flat() };
}

async function recordsOf(db: Kysely<Database>, saleId: KnownIn["saleId"], buyerId: BuyerId) {
  const orders = await db
    .selectFrom("orders")
    .selectAll()
    .where("sale_id", "=", saleId)
    .where("buyer_id", "=", buyerId)
    .orderBy("n")
    .execute();
  const holdEvents = await db
    .selectFrom("hold_events")
    .selectAll()
    .where("sale_id", "=", saleId)
    .where("buyer_id", "=", buyerId)
    .orderBy("order_id")
    .execute();
  // An open hold has no row among the orders.
  const ids = [...new Set([...orders.map(({ id }) => id), ...holdEvents.map(({ order_id }) => order_id)])];
  const buyerUnits = await db
    .selectFrom("buyer_units")
    .selectAll()
    .where("sale_id", "=", saleId)
    .where("buyer_id", "=", buyerId)
    .execute();
  return { orders, holdEvents, buyerUnits, ...(await recordsOfOrders(db, ids)) };
}

/** What became of orders and of their money, and what the merchant's own systems are told of it. */
async function recordsOfOrders(db: Kysely<Database>, ids: readonly OrderId[]) {
  if (ids.length === 0) return { orderEvents: [], refunds: [], events: [], webhookDeliveries: [] };
  const [orderEvents, refunds] = await Promise.all([
    db
      .selectFrom("order_events")
      .selectAll()
      .where("order_id", "in", ids)
      .orderBy("order_id")
      .orderBy("number")
      .execute(),
    db
      .selectFrom("refunds")
      .selectAll()
      .where("order_id", "in", ids)
      .orderBy("order_id")
      .orderBy("created_at")
      .execute(),
  ]);
  return {
    orderEvents,
    refunds,
    ...(await toldOf(db, [...ids.map((order_id) => ({ order_id, number: 0 })), ...orderEvents])),
  };
}

/** What the merchant's own systems are told of steps of orders, and which endpoints were: by keys, however many there are. */
async function toldOf(
  db: Kysely<Database>,
  steps: readonly { readonly order_id: OrderId; readonly number: number }[],
) {
  const none = { events: [], webhookDeliveries: [] };
  const eventIds = steps.flatMap(({ order_id, number }) => eventIdsOf(order_id, number));
  if (eventIds.length === 0) return none;
  const [events, endpoints] = await Promise.all([
    db.selectFrom("events").selectAll().where("id", "in", eventIds).orderBy("position").execute(),
    db.selectFrom("webhook_endpoints").select("id").execute(),
  ]);
  if (events.length === 0 || endpoints.length === 0) return { events, webhookDeliveries: [] };
  const webhookDeliveries = await db
    .selectFrom("webhook_deliveries")
    .selectAll()
    .where(
      "endpoint_id",
      "in",
      endpoints.map(({ id }) => id),
    )
    .where(
      "position",
      "in",
      events.map(({ position }) => position),
    )
    .orderBy("position")
    .orderBy("endpoint_id")
    .execute();
  return { events, webhookDeliveries };
}
