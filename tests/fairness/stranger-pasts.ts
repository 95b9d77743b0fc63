import { aDraw } from "./draw.ts";
import { hashOf, quicknet, rehearsalChain } from "./protocol.ts";
import { aBoundRoom, aRoom, aSettledRoom, bindingOf, unitsOf } from "./room.ts";
import type { Tampering } from "./stranger-files.ts";
import { laneDraw } from "./stranger-laws.ts";
import { edit, isKind, isStep, withLogText, withNews, withOrder } from "./tamper.ts";
import { type Files, type News, type Order, publish, type World } from "./world.ts";

/** What the third stranger tampered with, who knows version 3; and what they found that our script called wrong, and is not. */
const [room, draw, settled] = [aRoom(), aDraw(), aSettledRoom()];
const startsAtMs = room.news[0]!["startsAtMs"] as number;

const notFinal = (world: World): Files => {
  const files = publish(world);
  const index = files[""] as { readonly orders: object };
  return { ...files, "": { ...index, orders: { ...index.orders, isFinal: false } } };
};

/** A final room of version 3 whose log says one state after another of the order in a place; every root is right. */
function told(place: number, pasts: readonly string[], bound: World = aBoundRoom()): World {
  const tables = pasts.map((past) => {
    const [unitsLeft, state] = past.split(" ") as [string, string];
    return bound.orders.map((order): Order =>
      order.place === place ? { ...order, unitsLeft: Number(unitsLeft), state } : order,
    );
  });
  const ofPlace = (orders: readonly Order[] = []) => orders.filter((order) => order.place === place);
  const sayings = tables.map((orders, n) =>
    unitsOf(startsAtMs + 265_000 + n, orders, n === 0 ? [] : ofPlace(tables[n - 1])),
  );
  const news = [...bound.news, ...sayings].map((line) =>
    line.kind === "rules" ? { ...line, version: 3 } : line,
  );
  return { ...bound, orders: tables.at(-1)!, news };
}

const saying = (number: number) => {
  const lines = settled.news.filter(isKind("units"));
  return (line: News) => line === lines.at(number);
};
const changedIn = (number: number) => settled.news.filter(isKind("units")).at(number)!["changed"] as string[];
const withChanged = (number: number, ...added: string[]) =>
  edit(settled, saying(number), { changed: [...changedIn(number), ...added].toSorted() });

const becomes: Tampering[] = [
  ...["rejected", "failed", "expired", "cancelled"].map((state): Tampering => [
    `a confirmed order that is ${state} later`,
    publish(told(4, ["1 confirmed", `0 ${state}`])),
    "units only come back",
    "units_change",
  ]),
  ...["reserved", "held", "authorised", "placed", "lost", "constructor"].map((state): Tampering => [
    `an order that was ${state} when all were decided`,
    publish(told(4, [`1 ${state}`, "1 confirmed"])),
    "changed has not the form",
    "no_line",
  ]),
  ...["2 confirmed", "0 confirmed", "1 returned"].map((past): Tampering => [
    `an order of one unit that was "${past}"`,
    publish(told(4, [past, "0 refunded"])),
    "of 1 units left",
    "units_change",
  ]),
  [
    "a change of an order that the line before does not speak of",
    publish(withChanged(2, `${hashOf(settled.orders[4]!.orderId)} 1 confirmed`)),
    "does not speak of the order",
    "units_change",
  ],
  [
    "the same in a table that is not final",
    notFinal(withChanged(1, `${"ab".repeat(32)} 1 confirmed`)),
    "does not speak of the order",
    "units_change",
  ],
  [
    "an order twice in one change",
    publish(withChanged(3, changedIn(3)[0]!.replace("1 confirmed", "0 returned"))),
    "changed has not the form",
    "no_line",
  ],
];

/** A room in which two orders are of one entry of one unit: one came back, and the log says of before that both were there. */
function twoOfOne(): World {
  const bound = withOrder(aBoundRoom(), 4, { leaf: room.orders[5]!.leaf });
  const last = bound.news.findLast(isKind("orders"));
  const news = bound.news.map((line) => (line === last ? bindingOf(line.atMs, bound.orders) : line));
  return told(6, ["1 confirmed", "0 returned"], { ...bound, news });
}

const firstSteps = draw.news.filter(isStep(1));
const allocation = (atMs: number, allocated: number): News => ({
  atMs,
  kind: "allocation",
  allocated,
  role: "operator",
});
const joining = (atMs: number, isOpen: boolean): News => ({
  atMs,
  kind: "joining",
  isOpen,
  role: "operator",
});
const withJoinings = (...areOpen: boolean[]) =>
  publish(
    withNews(room, isKind("root", 1), (line) => [
      ...areOpen.map((isOpen) => joining(line.atMs, isOpen)),
      line,
    ]),
  );
/** A list that closes shortly before the end, and is never read. */
const withList2 = (leaf?: string) =>
  publish(
    withNews(room, isKind("key", 0), (line) => [
      { atMs: line.atMs, kind: "closing", list: 2 },
      ...(leaf === undefined ? [] : [{ atMs: line.atMs, kind: "withdrawn", list: 2, leaf }]),
      line,
    ]),
  );
const ofQuicknet = { ...rehearsalChain, publicKey: quicknet.publicKey };

const loweredForAMoment = withNews(draw, isKind("lapse"), (line) => [
  allocation(firstSteps[0]!.atMs, 9),
  allocation(firstSteps[0]!.atMs, 10),
  line,
]);

const laws: Tampering[] = [
  [
    "two orders of one entry that had one unit left each",
    publish(twoOfOne()),
    "had 2 units, and may have 1",
    "order_units",
  ],
  [
    "a draw's promises taken off sale, and put back before the next step",
    publish(loweredForAMoment),
    "10 units are promised, and 9 are allocated",
    "promised_too_many",
  ],
  [
    "the same in a table that is not final, before any of the turns has begun",
    notFinal(loweredForAMoment),
    "10 units are promised, and 9 are allocated",
    "promised_too_many",
  ],
  [
    "a range that promises more than its quantityAtMost",
    publish(edit(laneDraw(false), isStep(1), { quantityAtMost: 1 })),
    "it promises 2 units",
    "promised_range",
  ],
  [
    "two entries of one salt",
    publish(laneDraw(false, [400, 401, 400])),
    "its commitment stands twice",
    "commitment_twice",
  ],
  [
    "a pace that is no number of people",
    publish(edit(room, isKind("settings"), { admissionsPerSecond: 1e300 })),
    "admissionsPerSecond has not the form",
    "no_line",
  ],
  [
    "a role of blanks",
    publish(edit(room, isKind("allocation"), { role: " " })),
    "role has not the form",
    "no_line",
  ],
  [
    "a number written with a point",
    withLogText(publish(room), (text) => text.replace('"people":4', '"people":4.0')),
    "the number of people is not written with digits alone",
    "no_line",
  ],
  ["a line that is closed to newcomers twice", withJoinings(false, false), "as it was", "joining"],
  ["a line that is opened before it was closed", withJoinings(true), "as it was", "joining"],
  [
    "the withdrawal of an entry of another list",
    withList2(room.lists[0]![0]!.leaf),
    "list 2 has no entry with this leaf",
    "no_entry",
  ],
  [
    "a rehearsal's beacon with the key of the public one",
    publish({ ...edit(draw, isKind("rules"), { chain: ofQuicknet }), chain: ofQuicknet }),
    "is not drand's quicknet",
    "unknown_chain",
  ],
];

export const tamperedPasts: readonly Tampering[] = [...becomes, ...laws];

const [firstEnd] = room.news.filter(isKind("end"));
/** A draw in which nobody's turn has lapsed when the last step gives units on: they came back. */
const passedOn = withNews(
  withNews(draw, isKind("lapse"), () => []),
  isStep(8),
  (line) => [{ ...line, lapsedSteps: 0 }],
);

export const lawfulPasts: readonly (readonly [what: string, files: Files])[] = [
  ["an order that comes back, and its money", publish(told(4, ["1 confirmed", "0 returned", "0 refunded"]))],
  ["a refund that fails", publish(told(4, ["1 confirmed", "0 refunded", "0 returned", "0 refunded"]))],
  ["a line that is closed to newcomers, opened and closed", withJoinings(false, true, false)],
  ["a list that closed shortly before the end, and was never read", withList2()],
  [
    "an order of a sell-out by a clock that is a moment ahead",
    publish(withOrder(room, 3, { reservedAtMs: firstEnd!.atMs + 1 })),
  ],
  [
    "a draw whose published orders lack one of a turn that has lapsed",
    notFinal({ ...draw, orders: draw.orders.slice(1) }),
  ],
  ["a draw whose published orders do not say yet that units came back", notFinal(passedOn)],
];
