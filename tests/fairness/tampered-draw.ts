import { lotOf, rankOf } from "./protocol.ts";
import { edit, isKind, isStep, type TamperedWorld, withNews } from "./tamper.ts";
import { draw } from "./worlds.ts";

const steps = draw.news.filter(({ kind }) => kind === "step");
const withdrawnStep = steps.find((line) => line["quantityAtMost"] === 0)!;
const chance = steps.at(-1)!;
const drawKey = draw.news.find(isKind("key"))!["key"] as string;
const inOrder = draw.lists[0]!.map((entry) => ({
  ...entry,
  rank: rankOf(0, entry.lane, lotOf(drawKey, entry.leaf)),
})).toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
const firstWinner = inOrder.find(({ rank }) => rank === steps[0]!["upTo"])!;
/** Without the line by which its turns lapse: the step that gives out their units says it itself. */
const unlapsed = withNews(draw, isKind("lapse"), () => []);

/** Of each law that binds a draw alone a line that breaks it. */
export const tamperedDraw: readonly TamperedWorld[] = [
  [
    "more is promised than allocated",
    edit(draw, isKind("rules"), { allocated: 9 }),
    "units are promised, and 9 are allocated",
  ],
  [
    "somebody who would have fit is passed over",
    edit(draw, isKind("rules"), { allocated: 13 }),
    "was passed over",
  ],
  [
    "a withdrawn entry wins",
    edit(draw, isStep(withdrawnStep["step"] as number), { quantityAtMost: 9, people: 1 }),
    "an entry that was withdrawn",
  ],
  [
    "a second chance moves the line on",
    edit(draw, isStep(chance["step"] as number), { upTo: `00000000.0.${"f".repeat(64)}` }),
    "a second chance moves the line on",
  ],
  [
    "a winner has a second turn",
    edit(draw, isStep(chance["step"] as number), { after: "", people: 99, quantityAtMost: 9 }),
    "it is the second turn of the entry",
  ],
  [
    "units are given on that have not lapsed",
    edit(unlapsed, isStep(chance["step"] as number), { lapsedSteps: 0 }),
    "units are promised, and 10 are allocated",
  ],
  [
    "units are given on in the line by which they lapse: until it holds, the winners may still buy",
    unlapsed,
    "units are promised, and 10 are allocated",
  ],
  [
    "units are given on before their lapse holds",
    edit(draw, isKind("lapse"), { holdsFromMs: chance.atMs + 1 }),
    "units are promised, and 10 are allocated",
  ],
  [
    "units of a winner who left are given on before the turn has lapsed",
    withNews(
      edit(unlapsed, isStep(chance["step"] as number), { lapsedSteps: 0 }),
      isStep(chance["step"] as number),
      (line) => [{ atMs: line.atMs, kind: "withdrawn", list: 0, leaf: firstWinner.leaf }, line],
    ),
    "units are promised, and 10 are allocated",
  ],
  [
    "quantityAtMost is more than what is left",
    edit(draw, isStep(1), { quantityAtMost: 11 }),
    "more than the 10 units left",
  ],
  [
    "a range takes nobody, and nobody in it was withdrawn",
    edit(draw, isStep(1), { quantityAtMost: 0, people: 0 }),
    "nobody in its range was withdrawn",
  ],
  [
    "a withdrawn entry shares its range",
    withNews(draw, isKind("key"), (line) => [
      { atMs: line.atMs, kind: "withdrawn", list: 0, leaf: firstWinner.leaf },
      line,
    ]),
    "in no range of its own",
  ],
  [
    "a second chance takes another quantity",
    edit(draw, isStep(chance["step"] as number), { quantityAtMost: 9 }),
    "for one entry, and for its quantity",
  ],
  [
    "a second chance goes to somebody later than another who fits by now",
    edit(
      withNews(draw, isKind("lapse"), (line) => [
        { atMs: line.atMs, kind: "allocation", allocated: 20, role: "operator" },
        line,
      ]),
      isStep(chance["step"] as number),
      { after: inOrder[7]!.rank, upTo: inOrder[8]!.rank, quantityAtMost: inOrder[8]!.quantity },
    ),
    "is sooner, was passed over, and would fit by now",
  ],
  ["its lists go on", edit(draw, isKind("rules"), { listSeconds: 30 }), "a draw has one list"],
  [
    "it has a second list",
    withNews(draw, isKind("end"), (line) => [{ atMs: line.atMs, kind: "closing", list: 1 }, line]),
    "a draw has one list",
  ],
  [
    "it has no time for its result",
    edit(draw, isKind("rules"), { resultAtMs: null }),
    "resultAtMs does not fit",
  ],
];
