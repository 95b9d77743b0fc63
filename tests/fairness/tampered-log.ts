import { edit, isKind, isStep, type TamperedWorld, withNews } from "./tamper.ts";
import type { News } from "./world.ts";
import { draw, room } from "./worlds.ts";

/** The withdrawal of an entry of list 1 before anything of that list. */
const withdrawnFirst = (news: readonly News[]): News[] => {
  const left = news.find(isKind("withdrawn"))!;
  const rest = news.filter((line) => line !== left);
  return rest.toSpliced(2, 0, { ...left, atMs: rest[1]!.atMs });
};

/** The end before the last step. */
function moved(news: readonly News[]): News[] {
  const end = news.at(-1)!;
  const at = news.findIndex(isStep(3));
  return [...news.slice(0, at), { ...end, atMs: news[at]!.atMs }, ...news.slice(at, -1)];
}

function keyRank(place: number): string {
  // The rank of who is at this place: the ends of the steps are known, so take the one behind step 2.
  const known = room.news.find(isStep(2))!["upTo"] as string;
  return place > 9 ? `${known.slice(0, -1)}${known.endsWith("f") ? "e" : "f"}` : known;
}

const startsAtMs = room.news[0]!["startsAtMs"] as number;
const [step2, step3] = [2, 3].map((number) => room.news.find(isStep(number))!);

/** Of each law of the log a line that breaks it, with hashes that are right. */
export const tamperedLog: readonly TamperedWorld[] = [
  ["the rules are not first", { ...room, news: room.news.slice(1) }, "the first line must be the rules"],
  [
    "a list is made after the line was closed to newcomers",
    withNews(room, isKind("closing", 0), (line) => [
      { atMs: line["atMs"], kind: "joining", isOpen: false, role: "operator" },
      line,
    ]),
    "was made after the line was closed to newcomers",
  ],
  [
    "a draw is closed before its time",
    withNews(draw, isKind("closing", 0), (line) => [
      { atMs: line["atMs"], kind: "joining", isOpen: false, role: "operator" },
      line,
    ]),
    "a draw has one list",
  ],
  ["a list has no closing", withNews(room, isKind("closing", 0), () => []), "closed out of order"],
  ["a list has two roots", withNews(room, isKind("root", 0), (line) => [line, line]), "a second root"],
  ["a list has two keys", withNews(room, isKind("key", 0), (line) => [line, line]), "a second key"],
  ["a list has a key before its root", withNews(room, isKind("root", 0), () => []), "before it has a root"],
  ["time fell", edit(room, isKind("allocation"), { atMs: 1 }), "atMs fell"],
  ["a field is left out", edit(room, isStep(2), { people: undefined }), "and no others"],
  [
    "the sale is another",
    edit(room, isKind("rules"), { saleId: "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QX" }),
    "of another sale",
  ],
  [
    "the rules change after list 0 was closed",
    { ...room, news: [...room.news, { ...room.news[0]!, atMs: room.news.at(-1)!.atMs }] },
    "after list 0 was closed",
  ],
  [
    "the mode changes",
    withNews(room, isKind("closing", 0), (line) => [
      { ...room.news[0]!, atMs: line.atMs, mode: "draw", resultAtMs: 0 },
      line,
    ]),
    "the mode changed",
  ],
  ["a step is out of the chain", edit(room, isStep(3), { step: 4 }), "step 4 does not follow step 2"],
  ["a step is left out", withNews(room, isStep(2), () => []), "does not follow step 1"],
  [
    "a step skips people",
    edit(room, isStep(3), { after: keyRank(11) }),
    "does not begin where the one before ended",
  ],
  [
    "a step takes people again",
    edit(room, isStep(3), { after: step2!["after"] }),
    "does not begin where the one before ended",
  ],
  ["upTo fell", edit(room, isStep(3), { upTo: step2!["after"] }), "its range is empty"],
  [
    "upTo is nobody's rank",
    edit(room, isStep(2), { upTo: `00000000.0.${"e".repeat(64)}` }),
    "upTo is no rank",
  ],
  ["people is another number", edit(room, isStep(2), { people: 5 }), "it is the turn of 6 entries, not of 5"],
  ["a step holds at once", edit(room, isStep(2), { holdsFromMs: step2!.atMs }), "before every copy"],
  ["lapsedSteps fell", edit(room, isStep(3), { lapsedSteps: 0 }), "lapsedSteps fell from 1 to 0"],
  [
    "a step lapsed before it was there",
    edit(room, isKind("lapse"), { lapsedSteps: 9 }),
    "lapsed before it was there",
  ],
  ["holdsFromMs fell", edit(room, isStep(2), { holdsFromMs: step3!.atMs + 50_000 }), "holdsFromMs fell"],
  [
    "a step follows the end",
    withNews(room, isKind("end"), () => []).news.length > 0 ? { ...room, news: moved(room.news) } : room,
    "a step follows the end",
  ],
  [
    "a step follows a sell-out from which nothing came back",
    withNews(room, isKind("reopened"), () => []),
    "a step follows the end",
  ],
  [
    "the line goes on, and had not ended",
    withNews(
      room,
      (line) => line.kind === "end" && line.atMs < step3!.atMs,
      () => [],
    ),
    "it had not ended",
  ],
  ["the line goes on without a unit", edit(room, isKind("reopened"), { units: 0 }), "goes on without a unit"],
  [
    "a leaf is withdrawn that is in no list",
    edit(room, isKind("withdrawn"), { leaf: "00".repeat(32) }),
    "no entry with this leaf",
  ],
  [
    "a leaf is withdrawn twice",
    withNews(room, isKind("withdrawn"), (line) => [line, line]),
    "was withdrawn before",
  ],
  [
    "a leaf is withdrawn from a list that is open",
    { ...room, news: withdrawnFirst(room.news) },
    "list 1 is open",
  ],
  ["list 0 is closed early", edit(room, isKind("rules"), { closesAtMs: startsAtMs }), "its announced time"],
  [
    "a later list is closed early",
    edit(room, isKind("rules"), { listSeconds: 31 }),
    "list 1 was open for less than 31 s",
  ],
  [
    "a list is closed after the end",
    withNews(room, isKind("closing", 1), (line) => [{ atMs: line.atMs, kind: "end", reason: "ended" }, line]),
    "a list is closed after the end",
  ],
  [
    "a list is read while joins to it may still run",
    edit(room, isKind("root", 0), { atMs: startsAtMs - 112_001 }),
    "before every join to it had ended",
  ],
  [
    "a key is there before its round",
    edit(room, isKind("key", 0), { atMs: startsAtMs - 30_001 }),
    "before round 1000 has come",
  ],
  [
    "an entry has more units than anybody may buy",
    edit(room, isKind("rules"), { purchaseLimit: 1 }),
    "list 0 has an entry of 2 units",
  ],
  [
    "a step holds before the sale begins",
    edit(room, isKind("rules"), { startsAtMs: startsAtMs + 10_000 }),
    "it holds before the sale begins",
  ],
  [
    "a room's step leaves somebody out",
    edit(room, isStep(2), { quantityAtMost: 1 }),
    "may buy more than it lets anybody buy",
  ],
  ["turns are cut short", edit(room, isKind("rules"), { turnSeconds: 184 }), "before their time"],
  [
    "it says that all was sold, and it was not",
    edit(room, isKind("allocation"), { allocated: 7 }),
    "it was not sold out: 6 of 7 units",
  ],
];
