import { rehearsalChain, signRehearsal } from "./protocol.ts";
import { drawList, entriesOf, type News, type Order, orderIdOf, receiptOf, type World } from "./world.ts";

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QR";
const startsAtMs = 1_760_003_600_000;
const begunAtMs = startsAtMs + 120_000;

const order = (
  place: number,
  unitsLeft: number,
  atMs: number,
  turn?: Pick<Order, "leaf" | "step">,
): Order => ({
  orderId: orderIdOf(place),
  place,
  leaf: "-",
  step: "-",
  ...turn,
  quantity: 1,
  unitsLeft,
  state: unitsLeft === 0 ? "expired" : "confirmed",
  reservedAtMs: atMs,
});

/** An open sale of three units: all were bought, two holds were not paid for, and what came back went to those who waited. */
export function someReturns(): World {
  const receipts = Array.from({ length: 4 }, (_, n) => receiptOf(saleId, n, 0));
  const rules: News = {
    atMs: begunAtMs,
    kind: "rules",
    version: 1,
    saleId,
    mode: "returns",
    startsAtMs,
    closesAtMs: begunAtMs + 29_000,
    resultAtMs: null,
    listSeconds: 30,
    turnSeconds: 300,
    purchaseLimit: 1,
    allocated: 3,
    chain: rehearsalChain,
  };
  const entries = entriesOf(saleId, 0, receipts);
  const { rootNews, keyNews, ranked } = drawList(rules, 0, entries, begunAtMs + 40_000, signRehearsal);
  const step = (number: number, from: number, upTo: number, at: number): News => ({
    atMs: begunAtMs + at,
    kind: "step",
    step: number,
    after: from < 0 ? "" : ranked[from]!.rank,
    upTo: ranked[upTo]!.rank,
    quantityAtMost: 255,
    people: upTo - from,
    lapsedSteps: 0,
    holdsFromMs: begunAtMs + at + 4_000,
  });
  const settings = {
    admissionsPerSecond: 100,
    mostInside: 100_000,
    isPaused: false,
    message: "",
    role: "operator",
  };
  const news: News[] = [
    rules,
    { atMs: begunAtMs, kind: "settings", ...settings },
    { atMs: begunAtMs + 30_000, kind: "closing", list: 0 },
    rootNews,
    keyNews,
    step(1, -1, 0, 120_000),
    step(2, 0, 1, 180_000),
    { atMs: begunAtMs + 400_000, kind: "end", reason: "sold_out" },
  ];
  const orders = [
    order(1, 1, startsAtMs + 100),
    order(2, 0, startsAtMs + 200),
    order(3, 0, begunAtMs - 1),
    order(4, 1, begunAtMs + 130_000, { leaf: ranked[0]!.leaf, step: 1 }),
    order(5, 1, begunAtMs + 190_000, { leaf: ranked[1]!.leaf, step: 2 }),
  ];
  return { saleId, chain: rehearsalChain, mode: "returns", receipts, lists: [entries], news, orders };
}
