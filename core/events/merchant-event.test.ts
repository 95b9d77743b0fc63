import { expect, test } from "vitest";
import { saleIdPattern } from "../ids.ts";
import type { OrderId, SaleId } from "../ids.ts";
import { eventIdsOf, eventOfSale, eventsOfOrder, type OrderEventRow } from "./merchant-event.ts";

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
const row = (
  kind: string,
  number = 1,
  detail: Record<string, unknown> = {},
  unitsBack = 0,
): OrderEventRow => ({
  orderId: "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QE" as OrderId,
  saleId,
  buyerId: "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QF",
  number,
  kind,
  detail: { kind, number, id: kind, ...detail },
  happenedAt: new Date("2026-11-27T10:00:05.000Z"),
  quantity: 3,
  unitsBack,
  place: 7,
  reservedAt: new Date("2026-11-27T10:00:00.000Z"),
  priceMinor: 12_900,
  currency: "EUR",
});
const typesOf = (...args: Parameters<typeof row>) => eventsOfOrder(row(...args)).map(({ type }) => type);

test("a free order is confirmed or rejected by its one event", () => {
  expect(typesOf("confirmed")).toEqual(["order.confirmed"]);
  expect(typesOf("rejected")).toEqual(["order.rejected"]);
});

test("what ended a hold is told behind the hold itself, and a confirmation of what was placed behind its money", () => {
  expect(typesOf("authorised")).toEqual(["order.held", "order.authorised"]);
  expect(typesOf("expired")).toEqual(["order.held", "order.expired"]);
  expect(typesOf("cancelled")).toEqual(["order.held", "order.cancelled"]);
  expect(typesOf("placed", 2)).toEqual(["order.placed"]);
  expect(typesOf("confirmed", 3)).toEqual(["order.captured", "order.confirmed"]);
});

test("units that their buyer gave back are withdrawn, and a step that is new here is told under its own name", () => {
  expect(typesOf("returned", 2)).toEqual(["order.returned"]);
  expect(typesOf("returned", 2, { withdrawnAtMs: 1 })).toEqual(["order.withdrawn"]);
  expect(typesOf("refund_granted", 4)).toEqual(["order.refund_granted"]);
  expect(typesOf("refunded", 5)).toEqual(["order.refunded"]);
  expect(typesOf("sent_abroad", 6)).toEqual(["order.sent_abroad"]);
});

test("ids follow from order and step alone, and no two are the same", () => {
  const all = [...eventsOfOrder(row("authorised")), ...eventsOfOrder(row("placed", 2))];
  expect(all.map(({ id }) => id)).toEqual([
    "evt_01J9ZQ4Z6XWT9YV3W3V9K8M2QE_0",
    "evt_01J9ZQ4Z6XWT9YV3W3V9K8M2QE_1",
    "evt_01J9ZQ4Z6XWT9YV3W3V9K8M2QE_2",
  ]);
  expect([0, 1, 2].flatMap((number) => eventIdsOf(row("placed").orderId, number))).toEqual(
    expect.arrayContaining(all.map(({ id }) => id)),
  );
});

test("the units are those after the step; who of the staff asked, and the provider's ids, are not told", () => {
  const [returned] = eventsOfOrder(
    row(
      "returned",
      2,
      { units: 1, isWithheld: true, reason: "broken", actorId: "byr_staff", paymentId: "pi_1" },
      1,
    ),
  );
  expect(returned?.data).toMatchObject({
    unitsLeft: 2,
    units: 1,
    isWithheld: true,
    reason: "broken",
    number: 2,
  });
  expect(JSON.stringify(returned)).not.toMatch(/byr_staff|pi_1/);
  expect(eventsOfOrder(row("expired")).map(({ data }) => data["unitsLeft"])).toEqual([3, 0]);
});

test("a sale's step", () => {
  expect(saleId).toMatch(saleIdPattern);
  const happenedAt = new Date("2026-11-27T10:00:00.000Z");
  expect(eventOfSale({ saleId, eventId: "paused_4", kind: "paused", happenedAt })).toEqual({
    id: "evt_01J9ZQ4Z6XWT9YV3W3V9K8M2QD_paused_4",
    type: "sale.paused",
    stream: saleId,
    happenedAt,
    data: { saleId },
  });
});
