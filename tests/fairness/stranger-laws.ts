import { aDraw } from "./draw.ts";
import { lotOf, rankOf, rehearsalChain, signRehearsal } from "./protocol.ts";
import { someReturns } from "./returns.ts";
import { aBoundRoom, aRoom } from "./room.ts";
import type { Tampering } from "./stranger-files.ts";
import { edit, isKind, isStep, withNews } from "./tamper.ts";
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

const room = aRoom();
const draw = aDraw();
const bound = aBoundRoom();
const startsAtMs = room.news[0]!["startsAtMs"] as number;
const rules = (fields: object) => publish(edit(room, isKind("rules"), fields));

/** A draw of two lanes, in one step or in one for each. @param people numbers of the three who stand in it. */
export function laneDraw(isOneStep: boolean, people: readonly number[] = [400, 401, 402]): World {
  const saleId = draw.saleId;
  const [drawRules, settings] = draw.news as readonly [News, News];
  const opensAtMs = drawRules["startsAtMs"] as number;
  const resultAtMs = drawRules["resultAtMs"] as number;
  const receipts = [0, 0, 1].map((lane, n) => receiptOf(saleId, people[n]!, 0, lane));
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
    publish(
      withNews(room, isStep(1), (line) => [
        { atMs: startsAtMs - 3_000, kind: "lapse", lapsedSteps: 0, holdsFromMs: startsAtMs },
        line,
      ]),
    ),
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

/** Of the laws of the log. */
export const tamperedLines: readonly Tampering[] = [...draws, ...odd];

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

/** What is as lawful, and not what the vectors have. */
export const lawfulLines: readonly (readonly [what: string, files: Files])[] = [
  ["a draw that gives each lane its step", publish(laneDraw(false))],
  [
    "a draw that offers fewer units, since some came back",
    publish({ ...oneLess(draw, 3), orders: [...draw.orders, returned] }),
  ],
  [
    "a draw that offers fewer units, since some were off sale a moment later",
    publish(
      withNews(oneLess(draw, 1), isStep(1), (line) => [
        line,
        ...[9, 10].map((allocated) => ({ atMs: line.atMs, kind: "allocation", allocated, role: "operator" })),
      ]),
    ),
  ],
  [
    "a draw that says that its first pass has given all that there was",
    publish(
      withNews(draw, isKind("lapse"), (line) => [
        { atMs: draw.news.find(isStep(1))!.atMs, kind: "allocation", allocated: 10, role: "operator" },
        line,
      ]),
    ),
  ],
];
