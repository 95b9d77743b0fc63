import { describe, expect, test, vi } from "vitest";
import { checkLine } from "../../web/src/features/proof/check-line.ts";
import { loadVerifier } from "../../web/src/features/proof/verify-round.ts";
import { aDraw } from "./draw.ts";
import { hashOf, keyOf, lotOf, quicknet, rankOf, rehearsalChain, signRehearsal } from "./protocol.ts";
import { aBoundRoom, aRoom, aSettledRoom, unitsOf } from "./room.ts";
import { pageFilesOf } from "./page-files.ts";
import { verifyFiles } from "./run-verifier.ts";
import { edit, isKind, isStep, withNews, withOrder } from "./tamper.ts";
import { entriesOf, type Files, type News, publish, receiptOf, type World } from "./world.ts";

vi.setConfig({ testTimeout: 60_000 });

const room = aRoom();
const draw = aDraw();

/** The script must refuse it, and say this. */
function expectWrong(files: Files, sentence: string, ...words: string[]): void {
  const { status, stdout, stderr } = verifyFiles(files, ...words);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^(WRONG|UNREADABLE)/);
  expect(stderr).toContain(sentence);
}

const verifyRound = (await loadVerifier())!;
const seenNothing = { logLines: 0, logHash: null, roots: {}, receipt: null };

/** The script must refuse it and say this, and the proof page must find it wrong too. */
function expectBothWrong(world: World, sentence: string, ...words: string[]): void {
  const files = publish(world);
  expectWrong(files, sentence, ...words);
  expect(checkLine(pageFilesOf(files), seenNothing, verifyRound).faults).not.toEqual([]);
}

const withEntries = (change: (entries: World["lists"][0]) => World["lists"][0]): World => ({
  ...room,
  lists: room.lists.map((entries, list) => (list === 0 ? change(entries) : entries)),
});
/** The withdrawal of an entry of list 1 before anything of that list. */
const withdrawnFirst = (news: readonly News[]): News[] => {
  const left = news.find(isKind("withdrawn"))!;
  const rest = news.filter((line) => line !== left);
  return rest.toSpliced(2, 0, { ...left, atMs: rest[1]!.atMs });
};
const startsAtMs = room.news[0]!["startsAtMs"] as number;
const textOf = (files: Files, path: string) => files[path] as string;
const linesOf = (files: Files, path: string) => textOf(files, path).trimEnd().split("\n");
const unlines = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

const files = publish(room);
const [step2, step3] = [2, 3].map((number) => room.news.find(isStep(number))!);
const rootLine = room.news.find(isKind("root", 0))!;
const late = entriesOf(room.saleId, 0, [receiptOf(room.saleId, 999, 0)])[0]!;

describe("lists", () => {
  test.each<[string, World, string]>([
    ["an entry is dropped", withEntries((all) => all.slice(1)), "do not make this root"],
    [
      "an entry is added after the root",
      withEntries((all) => [...all, late].toSorted((a, b) => (a.leaf < b.leaf ? -1 : 1))),
      "do not make this root",
    ],
    [
      "an entry is swapped for another",
      withEntries((all) => [...all.slice(1), late].toSorted((a, b) => (a.leaf < b.leaf ? -1 : 1))),
      "do not make this root",
    ],
    [
      "two entries are in the wrong order",
      withEntries(([a, b, ...all]) => [b!, a!, ...all]),
      "is not behind",
    ],
    ["an entry is there twice", withEntries(([a, ...all]) => [a!, a!, ...all]), "is not behind"],
  ])("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("a lane is edited", () => {
    const lines = linesOf(files, "/lists/0/0").map((line, n) =>
      n === 0 ? line.replace(/ [01] /, (lane) => (lane === " 0 " ? " 1 " : " 0 ")) : line,
    );
    expectWrong({ ...files, "/lists/0/0": unlines(lines) }, "do not make this root");
  });

  test("a quantity is edited", () => {
    const lines = linesOf(files, "/lists/0/0").map((line, n) => (n === 0 ? line.replace(/\d$/, "9") : line));
    expectWrong({ ...files, "/lists/0/0": unlines(lines) }, "do not make this root");
  });

  test("a lane's count is edited", () => {
    const fields = { lane0: (rootLine["lane0"] as number) - 1, lane1: (rootLine["lane1"] as number) + 1 };
    expectWrong(publish(edit(room, isKind("root", 0), fields)), "entries in lane");
  });

  test("a list's page is missing, or a line of it is cut off", () => {
    const { "/lists/0/0": _page, ...rest } = files;
    expectWrong(rest, "/lists/0/0 cannot be read");
    const cut = textOf(files, "/lists/0/0").trimEnd();
    expectWrong({ ...files, "/lists/0/0": cut }, "its last line has no end");
  });
});

describe("chance", () => {
  const otherRound = (rootLine["round"] as number) + 1;

  test("the round is another one than the rule's", () => {
    const world = withNews(
      room,
      (line) => isKind("root", 0)(line) || isKind("key", 0)(line),
      (line) => [{ ...line, round: otherRound, ...(line.kind === "key" && { signature: keyOfRound(1001) }) }],
    );
    expectWrong(publish(world), "the round must be 1000, not 1001");
  });

  test("the key takes another round than the root's", () => {
    expectWrong(
      publish(edit(room, isKind("key", 0), { round: otherRound })),
      "it takes round 1001 in place of 1000",
    );
  });

  test("the signature is another round's, or another chain's, with a key that follows from it", () => {
    for (const signature of [keyOfRound(1001), signRehearsal(1000)]) {
      const root = rootLine["root"] as string;
      const key = keyOf({ saleId: room.saleId, list: 0, root, chain: quicknet, round: 1000, signature });
      expectWrong(publish(edit(room, isKind("key", 0), { signature, key })), "the signature does not verify");
    }
  });

  test("the signature is no point", () => {
    expectWrong(publish(edit(room, isKind("key", 0), { signature: "f".repeat(96) })), "is no point");
  });

  test("the key is edited", () => {
    expectWrong(publish(edit(room, isKind("key", 0), { key: "00".repeat(32) })), "the key does not follow");
  });

  test("a rehearsal's beacon, unless it is asked for", () => {
    expectWrong(publish(draw), "REHEARSAL");
  });

  test("a beacon that calls itself no rehearsal, and is not quicknet", () => {
    const chain = { ...rehearsalChain, isRehearsal: false };
    const world = { ...edit(draw, isKind("rules"), { chain }), chain };
    expectWrong(publish(world), "is not drand's quicknet", "--rehearsal");
  });

  test("the root came too late for its round", () => {
    const before = room.news.findIndex(isKind("root", 0));
    const atMs = quicknet.genesisMs + 999 * quicknet.periodMs - 14_000;
    const world = withNews(
      room,
      (_line, index) => index === before,
      (line) => [{ ...line, atMs }],
    );
    expectWrong(publish(world), "the root did not stand 15 s before its round");
  });
});

const keyOfRound = (round: 1001) =>
  room.news.find((line) => line.kind === "key" && line["round"] === round)!["signature"] as string;

describe("the log", () => {
  test("a line is edited, and the hashes after it are left", () => {
    const lines = linesOf(files, "/log/0").map((line) => line.replace('"isPaused":true', '"isPaused":false'));
    expectWrong({ ...files, "/log/0": unlines(lines) }, "prev is not the hash of the line before");
  });

  test("its last line is edited", () => {
    const lines = linesOf(files, "/log/0").map((line) => line.replace("sold_out", "ended"));
    expectWrong({ ...files, "/log/0": unlines(lines) }, "its hash is not that of the log's last line");
  });

  test.each<[string, World, string]>([
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
    [
      "people is another number",
      edit(room, isStep(2), { people: 5 }),
      "it is the turn of 6 entries, not of 5",
    ],
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
    [
      "the line goes on without a unit",
      edit(room, isKind("reopened"), { units: 0 }),
      "goes on without a unit",
    ],
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
      withNews(room, isKind("closing", 1), (line) => [
        { atMs: line.atMs, kind: "end", reason: "ended" },
        line,
      ]),
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
  ])("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("the index names another root, count, mode or chain", () => {
    const index = files[""] as { lists: object[] };
    const lists = index.lists.map((list) => ({ ...list, root: "00".repeat(32) }));
    expectWrong({ ...files, "": { ...index, lists } }, "the root of list 0 is not the log's");
    expectWrong({ ...files, "": { ...index, mode: "draw" } }, "its mode is not that of the rules");
    expectWrong({ ...files, "": { ...index, chain: rehearsalChain } }, "its chain is not that of the rules");
  });
});

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

describe("orders", () => {
  const [first] = room.orders;

  test.each<[string, World, string]>([
    ["its leaf is in no list", withOrder(room, 0, { leaf: "ab".repeat(32) }), "its leaf is in no list"],
    ["its step is not in the log", withOrder(room, 0, { step: 9 }), "step 9 is not in the log"],
    ["it is outside of its turn", withOrder(room, 0, { step: 2 }), "had no turn in step 2"],
    [
      "it is too early",
      withOrder(room, 0, { reservedAtMs: first!.reservedAtMs - 1_000 }),
      "before step 1 held",
    ],
    [
      "it is too late",
      withOrder(room, 0, { reservedAtMs: first!.reservedAtMs + 190_000 }),
      "after step 1 had lapsed",
    ],
    ["it is of more units than its entry", withOrder(room, 0, { quantity: 9 }), "it is of 9 units"],
    ["it has more units left than were ordered", withOrder(room, 0, { unitsLeft: 2 }), "more units left"],
    ["places fall", withOrder(room, 2, { place: 1 }), "places fall"],
    ["it is there twice", withOrder(room, 1, { orderId: first!.orderId }), "it is there twice"],
    [
      "a leaf bought more than its quantity",
      {
        ...room,
        orders: [...room.orders, ...[8, 9].map((place) => ({ ...first!, orderId: `ord_${place}`, place }))],
      },
      "units, and may have",
    ],
    [
      "more units are left than are allocated",
      edit(room, isKind("allocation"), { allocated: 4 }),
      "5 units are sold, and 4 are allocated",
    ],
  ])("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("an order is no order", () => {
    const text = textOf(files, "/orders/0").replace(" confirmed ", "  ");
    expectWrong({ ...files, "/orders/0": text }, "is no order");
  });
});

describe("the orders that the log binds", () => {
  const bound = aBoundRoom();
  const [first, second] = bound.orders;
  const notItsRoot = "the orders do not make its root";
  const binding = (number: number) => {
    const lines = bound.news.filter(isKind("orders"));
    return (line: News) => line === lines.at(number);
  };

  test.each<[string, World, string]>([
    ["an order is left out", { ...bound, orders: bound.orders.toSpliced(3, 1) }, notItsRoot],
    [
      "an order is added",
      { ...bound, orders: [...bound.orders, { ...first!, orderId: "ord_9", place: 9, unitsLeft: 0 }] },
      "7 are final, and the log binds 6",
    ],
    [
      "an order is added between others",
      { ...bound, orders: bound.orders.toSpliced(1, 0, { ...first!, orderId: "ord_9", unitsLeft: 0 }) },
      notItsRoot,
    ],
    ["an order is another's", withOrder(bound, 0, { orderId: "ord_9" }), notItsRoot],
    ["an order is of another place", withOrder(bound, 5, { place: 8 }), notItsRoot],
    ["an order is of another leaf", withOrder(bound, 0, { leaf: second!.leaf }), notItsRoot],
    [
      "an order was reserved later",
      withOrder(bound, 0, { reservedAtMs: first!.reservedAtMs + 1 }),
      notItsRoot,
    ],
    ["an order is of more units", withOrder(bound, 2, { quantity: 2 }), notItsRoot],
    ["a binding is edited", edit(bound, binding(1), { root: "00".repeat(32) }), notItsRoot],
    ["a binding hides who came late", edit(bound, binding(2), { late: [] }), notItsRoot],
    ["a binding binds nothing anew", withNews(bound, binding(1), (line) => [line, line]), "no order anew"],
    [
      "the last binding is left out",
      withNews(bound, binding(-1), () => []),
      "6 are final, and the log binds 4",
    ],
    ["all bindings are left out", withNews(bound, isKind("orders"), () => []), "the log binds 0"],
    ["a place fell", edit(bound, binding(-1), { place: 3 }), "is bound fell"],
    ["a log of version 1 binds orders", edit(bound, isKind("rules"), { version: 1 }), "binds no orders"],
  ])("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("what came back since changes nothing that is bound", () => {
    const { status, stderr } = verifyFiles(publish(withOrder(bound, 0, { unitsLeft: 0, state: "returned" })));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("what became of the orders, as the log says it", () => {
  const settled = aSettledRoom();
  const [first, second] = settled.orders;
  const notItsRoot = "what became of the orders does not make its root";
  const saying = (number: number) => {
    const lines = settled.news.filter(isKind("units"));
    return (line: News) => line === lines.at(number);
  };
  const sayings = settled.news.filter(isKind("units"));
  const changedIn = (number: number) => sayings.at(number)!["changed"] as string[];
  /** The last change as a forger would say it, with a root that is right. */
  const became = (unitsLeft: number, state: string, was: string) => {
    const changed = changedIn(-1).map((text) => `${text.slice(0, 64)} ${was}`);
    const orders = settled.orders.map((order) =>
      order.place === first!.place ? { ...order, unitsLeft, state } : order,
    );
    const { root, unitsLeft: left } = unitsOf(0, orders);
    return { ...edit(settled, saying(-1), { changed, root, unitsLeft: left }), orders };
  };

  test.each<[string, World, string]>([
    ["an order has more units left", withOrder(settled, 0, { unitsLeft: 1 }), notItsRoot],
    ["an order has fewer units left", withOrder(settled, 1, { unitsLeft: 0 }), notItsRoot],
    ["an order is in another state", withOrder(settled, 1, { state: "returned" }), notItsRoot],
    ["an order's money is not given back", withOrder(settled, 0, { state: "returned" }), notItsRoot],
    ["a change is left out", withNews(settled, saying(-1), () => []), notItsRoot],
    [
      "all that is said is left out",
      withNews(settled, isKind("units"), () => []),
      "6 are final, and the log says of 0 what became of them",
    ],
    ["a root is edited", edit(settled, saying(1), { root: "00".repeat(32) }), notItsRoot],
    ["a sum is edited", edit(settled, saying(-1), { unitsLeft: 9 }), "it says 9"],
    [
      "a change names another order",
      edit(settled, saying(-1), { changed: [changedIn(-1)[0]!.replace(/^.{64}/, hashOf(second!.orderId))] }),
      "did not change",
    ],
    [
      "a change names a stranger",
      edit(settled, saying(-1), { changed: [changedIn(-1)[0]!.replace(/^.{64}/, "ab".repeat(32))] }),
      "did not change",
    ],
    [
      "a change says that an order was another",
      edit(settled, saying(-1), { changed: changedIn(-1).map((text) => text.replace("confirmed", "held")) }),
      notItsRoot,
    ],
    ["a change hides what changed", edit(settled, saying(1), { changed: [] }), notItsRoot],
    ["units come from nowhere", became(1, "confirmed", "0 returned"), "units only come back"],
    ["a rejected order is returned", became(0, "returned", "0 rejected"), "units only come back"],
    [
      "the first one names changes",
      edit(settled, saying(0), { changed: changedIn(1) }),
      "nothing new of the orders",
    ],
    [
      "one says nothing anew",
      withNews(settled, saying(-1), (line) => [line, { ...line, changed: [] }]),
      "nothing new of the orders",
    ],
    ["one is of fewer orders", edit(settled, saying(-1), { count: 5 }), "not of the orders that are bound"],
    [
      "one stands before the orders are bound",
      withNews(settled, isKind("orders"), () => []),
      "not of the orders that are bound",
    ],
    [
      "a log of version 2 says it",
      edit(settled, isKind("rules"), { version: 2 }),
      "does not bind what became of orders",
    ],
    [
      "changes are out of order",
      edit(settled, saying(-1), { changed: [...changedIn(-1), ...changedIn(-1)] }),
      "has not the form",
    ],
  ])("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("of a table that is not final yet nothing is said", () => {
    const published = publish(withOrder(settled, 1, { unitsLeft: 0, state: "returned" }));
    const index = published[""] as { orders: object };
    const { status, stdout } = verifyFiles({
      ...published,
      "": { ...index, orders: { ...index.orders, isFinal: false } },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("is not final yet") });
  });
});

describe("a draw", () => {
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

  test.each<[string, World, string]>([
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
  ])("%s", (_what, world, sentence) => expectWrong(publish(world), sentence, "--rehearsal"));
});
