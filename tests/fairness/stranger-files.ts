import type { FaultKind } from "../../web/src/features/proof/report.ts";
import { quicknet } from "./protocol.ts";
import { aRoom } from "./room.ts";
import { edit, isKind, isStep, withLogText, withNews, withOrder } from "./tamper.ts";
import { type Files, type News, publish } from "./world.ts";

/**
 * What somebody who wrote a verifier from docs/fairness.md alone has tampered with, and our script had let through. Each with what the
 * script says of it, and what the proof page does; null: the page leaves it to the script.
 */
export type Tampering = readonly [what: string, files: Files, sentence: string, kind: FaultKind | null];

const room = aRoom();
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
    "a time of an order with a zero in front",
    {
      ...files,
      "/orders/0": (files["/orders/0"] as string).replace(/ (\d+\n)/, " 0$1"),
    },
    "is no order",
    "no_order",
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

/** Of the files and their form, and of the table of orders. */
export const tamperedFiles: readonly Tampering[] = [...oddKinds, ...oddFields, ...table];

/** What is as lawful, and not as our own files have it. */
export const lawfulFiles: readonly (readonly [what: string, files: Files])[] = [
  ["blanks in a line", withLogText(files, (text) => text.replace('"kind":', '"kind" : '))],
  [
    "a chain whose fields are in another order",
    withIndex({ chain: Object.fromEntries(Object.entries(index.chain).toReversed()) }),
  ],
];

const nothing = { ...index, lists: [], orders: { count: 0, pages: 0, isFinal: false } };

/** A line of which nothing is published yet. */
export const unpublished: Files = {
  "": { ...nothing, log: { lines: 0, pages: 0, hash: "0".repeat(64) } },
};
