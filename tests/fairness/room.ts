import { hashOf, quicknet, recorded, rootOfOrders, rootOfUnits } from "./protocol.ts";
import {
  drawList,
  entriesOf,
  type News,
  type Order,
  orderIdOf,
  orderLine,
  receiptOf,
  type World,
} from "./world.ts";

/** The time of round 1000 of quicknet, which is recorded: the list of this room takes it. */
const FIRST_ROUND_AT_MS = quicknet.genesisMs + 999 * quicknet.periodMs;
const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD";
const startsAtMs = FIRST_ROUND_AT_MS + 30_000;

const sign = (round: number) => recorded[round]!;

/** A waiting room with two lists, three steps, a lapse, a unit that came back, and a few orders, by the public beacon. */
export function aRoom(): World {
  const receipts = [
    ...Array.from({ length: 12 }, (_, n) => receiptOf(saleId, n, 0, n % 5 === 4 ? 1 : 0, 1 + (n % 2))),
    ...Array.from({ length: 3 }, (_, n) => receiptOf(saleId, 100 + n, 1, 0, 1)),
  ];
  const rules: News = {
    atMs: startsAtMs - 86_400_000,
    kind: "rules",
    version: 1,
    saleId,
    mode: "waiting_room",
    startsAtMs,
    closesAtMs: startsAtMs - 120_000,
    resultAtMs: null,
    listSeconds: 30,
    turnSeconds: 120,
    purchaseLimit: 2,
    allocated: 4,
    chain: quicknet,
  };
  const lists = [0, 1].map((list) =>
    entriesOf(
      saleId,
      list,
      receipts.filter((receipt) => receipt.list === list),
    ),
  );
  const first = drawList(rules, 0, lists[0]!, startsAtMs - 110_000, sign);
  const second = drawList(rules, 1, lists[1]!, FIRST_ROUND_AT_MS + 3_000 - 15_000, sign);
  const [early, late] = [first.ranked, second.ranked];
  const pace = { admissionsPerSecond: 4, mostInside: 8, message: "", role: "operator" };
  const step = (
    number: number,
    after: string,
    upTo: string,
    people: number,
    lapsedSteps: number,
    at: number,
  ) => ({
    atMs: startsAtMs + at,
    kind: "step",
    step: number,
    after,
    upTo,
    quantityAtMost: 2,
    people,
    lapsedSteps,
    holdsFromMs: startsAtMs + at + 3_000,
  });
  const news: News[] = [
    rules,
    { atMs: rules.atMs, kind: "settings", ...pace, isPaused: false },
    { atMs: startsAtMs - 120_000, kind: "closing", list: 0 },
    first.rootNews,
    { atMs: startsAtMs - 90_000, kind: "closing", list: 1 },
    second.rootNews,
    first.keyNews,
    second.keyNews,
    step(1, "", early[3]!.rank, 4, 0, -3_000),
    step(2, early[3]!.rank, early[9]!.rank, 6, 0, 1_000),
    { atMs: startsAtMs + 2_000, kind: "settings", ...pace, isPaused: true, message: "We have a break" },
    { atMs: startsAtMs + 60_000, kind: "settings", ...pace, isPaused: false },
    { atMs: startsAtMs + 100_000, kind: "withdrawn", list: 1, leaf: late[2]!.leaf },
    { atMs: startsAtMs + 110_000, kind: "end", reason: "sold_out" },
    { atMs: startsAtMs + 170_000, kind: "allocation", allocated: 5, role: "operator" },
    { atMs: startsAtMs + 180_000, kind: "reopened", units: 2 },
    { atMs: startsAtMs + 185_000, kind: "lapse", lapsedSteps: 1, holdsFromMs: startsAtMs + 188_000 },
    step(3, early[9]!.rank, late[1]!.rank, 4, 1, 190_000),
    { atMs: startsAtMs + 200_000, kind: "end", reason: "sold_out" },
  ];
  const order = (place: number, leaf: string, inStep: number, unitsLeft: number, at: number): Order => ({
    orderId: orderIdOf(place),
    place,
    leaf,
    step: inStep,
    quantity: 1,
    unitsLeft,
    state: unitsLeft === 0 ? "returned" : "confirmed",
    reservedAtMs: startsAtMs + at,
  });
  const orders = [
    order(1, early[0]!.leaf, 1, 1, 100),
    order(2, early[2]!.leaf, 1, 1, 900),
    order(3, early[5]!.leaf, 2, 0, 5_000),
    order(4, early[6]!.leaf, 2, 1, 6_000),
    order(6, early[10]!.leaf, 3, 1, 194_000),
    order(7, late[0]!.leaf, 3, 1, 194_001),
  ];
  return { saleId, chain: quicknet, mode: "waiting_room", receipts, lists, news, orders };
}

/** The line that binds these orders. */
export const bindingOf = (atMs: number, orders: readonly Order[], late: readonly Order[] = []): News => ({
  atMs,
  kind: "orders",
  count: orders.length,
  place: Math.max(...orders.map(({ place }) => place)),
  late: late.map(({ orderId }) => hashOf(orderId)).toSorted(),
  root: rootOfOrders(orders.map(orderLine)),
});

/** The line that binds what became of these orders. @param changed those that are others since the line before, as they were. */
export const unitsOf = (atMs: number, orders: readonly Order[], changed: readonly Order[] = []): News => ({
  atMs,
  kind: "units",
  count: orders.length,
  unitsLeft: orders.reduce((sum, { unitsLeft }) => sum + unitsLeft, 0),
  changed: changed
    .map(({ orderId, unitsLeft, state }) => `${hashOf(orderId)} ${unitsLeft} ${state}`)
    .toSorted(),
  root: rootOfUnits(orders.map(orderLine)),
});

const change = (from: readonly Order[], place: number, unitsLeft: number, state: string) =>
  from.map((order) => (order.place === place ? { ...order, unitsLeft, state } : order));
const ofPlaces = (from: readonly Order[], ...places: number[]) =>
  from.filter(({ place }) => places.includes(place));

/**
 * The same room by version 3. It was final, and went on: an order came back, one that had come late was named, and more were
 * added. Then one more came back, and the money of another.
 */
export function aSettledRoom(): World {
  const room = aBoundRoom();
  const { orders } = room;
  const second = change(orders, 1, 0, "refunded");
  const first = change(change(second, 1, 1, "confirmed"), 3, 1, "confirmed");
  const early = ofPlaces(first, 1, 3, 4);
  const units = [
    unitsOf(startsAtMs + 55_000, early),
    unitsOf(startsAtMs + 107_000, ofPlaces(orders, 1, 2, 3, 4), ofPlaces(first, 3)),
    unitsOf(startsAtMs + 265_000, orders),
    unitsOf(startsAtMs + 270_000, second, ofPlaces(orders, 1)),
  ];
  const news = [...room.news, ...units].toSorted((a, b) => a.atMs - b.atMs);
  return {
    ...room,
    orders: second,
    news: news.map((line) => (line.kind === "rules" ? { ...line, version: 3 } : line)),
  };
}

/** The same room by version 2, whose log binds its orders: three while it runs, one of which came late, and all at its end. */
export function aBoundRoom(): World {
  const room = aRoom();
  const { orders } = room;
  const [first, late, third, fourth] = orders as readonly [Order, Order, Order, Order];
  const bindings = [
    bindingOf(startsAtMs + 40_000, [first]),
    bindingOf(startsAtMs + 50_000, [first, third, fourth]),
    bindingOf(startsAtMs + 105_000, [first, late, third, fourth], [late]),
    bindingOf(startsAtMs + 260_000, orders),
  ];
  const news = [...room.news, ...bindings].toSorted((a, b) => a.atMs - b.atMs);
  return { ...room, news: news.map((line) => (line.kind === "rules" ? { ...line, version: 2 } : line)) };
}
