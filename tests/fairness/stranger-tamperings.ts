import type { FaultKind } from "../../web/src/features/proof/report.ts";
import { aDraw } from "./draw.ts";
import { lotOf, quicknet, rankOf, rehearsalChain, signRehearsal } from "./protocol.ts";
import { someReturns } from "./returns.ts";
import { aBoundRoom, aRoom } from "./room.ts";
import { edit, isKind, isStep, withLogText, withNews, withOrder } from "./tamper.ts";
import {
  drawList,
  entriesOf,
  type Files,
  type News,
  type Order,
  publish,
  receiptOf,
  type World,
} from "./world.ts";

/**
 * What somebody who wrote a verifier from docs/fairness.md alone has tampered with, and our script had let through. Each with what the
 * script says of it, and what the proof page does; null: the page leaves it to the script.
 */
export type Tampering = readonly [what: string, files: Files, says: string, kind: FaultKind | null];

const room = aRoom();
const draw = aDraw();
const bound = aBoundRoom();
const files = publish(room);
type Index = {
  readonly log: object;
  readonly orders: object;
  readonly chain: object;
  readonly lists: readonly object[];
};
const index = files[""] as Index;
const startsAtMs = room.news[0]!["startsAtMs"] as number;
const withIndex = (change: object): Files => ({ ...files, "": { ...index, ...change } });
const rules = (fields: object) => publish(edit(room, isKind("rules"), fields));
const before = (isChosen: (line: News) => boolean, added: News) =>
  publish(withNews(room, isChosen, (line) => [added, line]));

const oddKinds: Tampering[] = ["constructor", "toString", "hasOwnProperty", "__proto__"].map((kind) => [
  `a line of the kind ${kind}`,
  before(isStep(2), { atMs: startsAtMs, kind }),
  `its kind "${kind}" is none`,
  "no_line",
]);

const oddChain = { ...quicknet, scheme: "another" };
const oddFields: Tampering[] = [
  [
    "a field more in the chain",
    publish({ ...edit(room, isKind("rules"), { chain: oddChain }), chain: oddChain }),
    "chain has not the form",
    "no_line",
  ],
  ["a field more in the index", withIndex({ note: 1 }), "it has the fields", "index"],
  [
    "a field more in its orders",
    withIndex({ orders: { ...index.orders, note: 1 } }),
    "orders has the fields",
    "index",
  ],
  ["a field more in its log", withIndex({ log: { ...index.log, note: 1 } }), "log has the fields", "index"],
  [
    "a field more in its chain",
    withIndex({ chain: { ...index.chain, note: 1 } }),
    "chain has the fields",
    "index",
  ],
  [
    "a field more in one of its lists",
    withIndex({ lists: index.lists.map((list) => ({ ...list, note: 1 })) }),
    "list 0 has the fields",
    "index",
  ],
  [
    "its lists in another order",
    withIndex({ lists: index.lists.toReversed() }),
    "not those that have a root",
    "index",
  ],
  ...[
    ["a field of a step that stands twice", '"people":', '"people":9,"people":'],
    ["the same, written otherwise", '"people":', '"\\u0070eople":9,"people":'],
    ["a field of the chain that stands twice", '"periodMs":', '"periodMs":1,"periodMs":'],
  ].map(([what, from, to]): Tampering => [
    what!,
    withLogText(files, (text) => text.replace(from!, to!)),
    "stands twice",
    "no_line",
  ]),
];

const table: Tampering[] = [
  [
    "an order that is confirmed, of which none is left",
    publish(withOrder(room, 0, { unitsLeft: 0 })),
    "it is confirmed, and 0 of 1 units are left",
    "order_state",
  ],
  [
    "an order that is returned, of which one is left",
    publish(withOrder(room, 0, { state: "returned" })),
    "it is returned, and 1 of 1 units are left",
    "order_state",
  ],
  [
    "an order of an unknown state",
    publish(withOrder(room, 0, { state: "lost" })),
    "its state lost is none",
    "order_state",
  ],
  [
    "a final table with an order that is not decided",
    publish(withOrder(room, 0, { state: "placed" })),
    "it is placed, and the table is called final",
    "final_early",
  ],
  [
    "a table called final that is a number",
    withIndex({ orders: { ...index.orders, isFinal: 0 } }),
    "isFinal is neither true nor false",
    "index",
  ],
  [
    "a final table of a line that has not ended",
    publish(
      withNews(
        room,
        ({ kind }) => kind === "end" || kind === "reopened",
        () => [],
      ),
    ),
    "the table is called final, and the log has no end",
    "final_early",
  ],
  [
    "an empty line at the end of a list",
    { ...files, "/lists/0/0": `${files["/lists/0/0"] as string}\n` },
    "it has an empty line",
    null,
  ],
  [
    "an entry more than the index counts",
    {
      ...files,
      "/lists/1/0": `${files["/lists/1/0"] as string}${(files["/lists/0/0"] as string).split("\n")[0]}\n`,
    },
    "it has 4 lines in place of 3",
    null,
  ],
  [
    "a page more of the orders",
    { ...files, "/orders/1": "x\n" },
    "/orders/1: the index does not name it",
    null,
  ],
  [
    "a page of a list that is not there",
    { ...files, "/lists/2/0": "x\n" },
    "/lists/2/0: the index does not name it",
    null,
  ],
];

/** A draw of two lanes, in one step or in one for each. */
export function laneDraw(isOneStep: boolean): World {
  const saleId = draw.saleId;
  const [drawRules, settings] = draw.news as readonly [News, News];
  const opensAtMs = drawRules["startsAtMs"] as number;
  const resultAtMs = drawRules["resultAtMs"] as number;
  const receipts = [0, 0, 1].map((lane, n) => receiptOf(saleId, 400 + n, 0, lane));
  const list = entriesOf(saleId, 0, receipts);
  const { rootNews, keyNews, ranked } = drawList(drawRules, 0, list, opensAtMs - 100_000, signRehearsal);
  const step = (number: number, from: number, upTo: number, quantityAtMost: number): News => ({
    atMs: resultAtMs + 5_000,
    kind: "step",
    step: number,
    after: from < 0 ? "" : ranked[from]!.rank,
    upTo: ranked[upTo]!.rank,
    quantityAtMost,
    people: upTo - from,
    lapsedSteps: 0,
    holdsFromMs: resultAtMs + 8_000,
  });
  const news: News[] = [
    drawRules,
    settings,
    { atMs: opensAtMs - 120_000, kind: "closing", list: 0 },
    rootNews,
    keyNews,
    ...(isOneStep ? [step(1, -1, 2, 10)] : [step(1, -1, 1, 10), step(2, 1, 2, 8)]),
    { atMs: resultAtMs + 800_000, kind: "end", reason: "ended" },
  ];
  return { saleId, chain: rehearsalChain, mode: "draw", receipts, lists: [list], news, orders: [] };
}

const stepsOfDraw = draw.news.filter(({ kind }) => kind === "step");
const oneLess = (world: World, step: number): World =>
  edit(world, isStep(step), { quantityAtMost: (stepsOfDraw[step - 1]!["quantityAtMost"] as number) - 1 });

const draws: Tampering[] = [
  [
    "a draw that gives both lanes turns in one step",
    publish(laneDraw(true)),
    "goes over the end of a lane",
    "two_lanes",
  ],
  [
    "a draw that offers fewer units than are left",
    publish(oneLess(draw, 1)),
    "10 units were left",
    "kept_back",
  ],
];

const odd: Tampering[] = [
  [
    "returns with turns for two units",
    publish(edit(someReturns(), isKind("rules"), { purchaseLimit: 2 })),
    "a turn for returns is for one unit",
    "rules_fit",
  ],
  ["turns of no time", rules({ turnSeconds: 0 }), "turnSeconds is 0", "rules_fit"],
  ["a room whose lists close at once", rules({ listSeconds: 0 }), "listSeconds is 0", "rules_fit"],
  [
    "list 0 closes within two minutes of the opening",
    rules({ startsAtMs: startsAtMs - 1 }),
    "two minutes or more before the opening",
    "rules_fit",
  ],
  [
    "more units in a turn than an entry can have",
    publish(edit(room, isStep(2), { quantityAtMost: 256 })),
    "quantityAtMost has not the form",
    "no_line",
  ],
  [
    "a lapse of nothing",
    before(isStep(1), {
      atMs: startsAtMs - 3_000,
      kind: "lapse",
      lapsedSteps: 0,
      holdsFromMs: startsAtMs,
    }),
    "no step lapses by it",
    "numbers_fell",
  ],
  [
    "a lapse that repeats another",
    publish(withNews(room, isKind("lapse"), (line) => [line, line])),
    "no step lapses by it",
    "numbers_fell",
  ],
  [
    "a step while the line is paused",
    publish(
      withNews(
        room,
        ({ kind, atMs }) => kind === "settings" && atMs === startsAtMs + 60_000,
        () => [],
      ),
    ),
    "the line is paused",
    "step_in_pause",
  ],
  [
    "a binding up to a place that nobody has",
    publish(
      withNews(
        bound,
        (line) => line === bound.news.findLast(isKind("orders")),
        (line) => [{ ...line, place: 99 }],
      ),
    ),
    "99 is not the largest place",
    "binding",
  ],
];

export const tamperings: readonly Tampering[] = [...oddKinds, ...oddFields, ...table, ...draws, ...odd];

const drawKey = draw.news.find(isKind("key"))!["key"] as string;
const firstWinner = draw.lists[0]!.find(
  ({ lane, leaf }) => rankOf(0, lane, lotOf(drawKey, leaf)) === stepsOfDraw[0]!["upTo"],
)!;
/** What the winner of step 1 had bought, and what came back of it: perhaps it was off sale when the next steps were made. */
const returned: Order = {
  ...draw.orders[0]!,
  orderId: "ord_returned",
  place: 99,
  leaf: firstWinner.leaf,
  step: 1,
  quantity: firstWinner.quantity,
  unitsLeft: 0,
  state: "returned",
};
const nothing = { ...index, lists: [], orders: { count: 0, pages: 0, isFinal: false } };

/** What is as lawful, and not what the vectors have. */
export const lawful: readonly (readonly [what: string, files: Files])[] = [
  ["a draw that gives each lane its step", publish(laneDraw(false))],
  [
    "a draw that offers fewer units, since some came back",
    publish({ ...oneLess(draw, 3), orders: [...draw.orders, returned] }),
  ],
  [
    "a draw that offers fewer units, since some were off sale a moment later",
    publish(
      withNews(oneLess(draw, 1), isKind("lapse"), (line) => [
        ...[9, 10].map((allocated, n) => ({
          atMs: stepsOfDraw[0]!.atMs + 1_000 + n,
          kind: "allocation",
          allocated,
          role: "operator",
        })),
        line,
      ]),
    ),
  ],
  ["blanks in a line", withLogText(files, (text) => text.replace('"kind":', '"kind" : '))],
  [
    "a chain whose fields are in another order",
    withIndex({ chain: Object.fromEntries(Object.entries(index.chain).toReversed()) }),
  ],
];

/** A line of which nothing is published yet. */
export const unpublished: Files = {
  "": { ...nothing, log: { lines: 0, pages: 0, hash: "0".repeat(64) } },
};
