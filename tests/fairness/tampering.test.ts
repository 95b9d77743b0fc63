import { describe, expect, test, vi } from "vitest";
import { checkLine } from "../../web/src/features/proof/check-line.ts";
import { Unreadable } from "../../web/src/features/proof/read-files.ts";
import { loadVerifier } from "../../web/src/features/proof/verify-round.ts";
import { readAsPage } from "./page-files.ts";
import { keyOf, quicknet, rehearsalChain, signRehearsal } from "./protocol.ts";
import { verifyFiles } from "./run-verifier.ts";
import { edit, isKind, withNews, withOrder } from "./tamper.ts";
import { tamperedBindings } from "./tampered-bindings.ts";
import { tamperedDraw } from "./tampered-draw.ts";
import { tamperedLog } from "./tampered-log.ts";
import { tamperedOrders } from "./tampered-orders.ts";
import { tamperedSayings } from "./tampered-sayings.ts";
import { entriesOf, type Files, publish, receiptOf, type World } from "./world.ts";
import { boundRoom, draw, room, settledRoom } from "./worlds.ts";

vi.setConfig({ testTimeout: 60_000 });

/** The script must refuse it, and say this. */
function expectWrong(files: Files, sentence: string, ...words: string[]): void {
  const { status, stdout, stderr } = verifyFiles(files, ...words);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^(WRONG|UNREADABLE)/);
  expect(stderr).toContain(sentence);
}

const verifyRound = (await loadVerifier())!;
const seenNothing = { logLines: 0, logHash: null, roots: {}, receipt: null };

/** What the proof page says: the kinds of its faults, or that it cannot read the line. */
async function pageSays(files: Files): Promise<readonly string[]> {
  try {
    return checkLine(await readAsPage(files), seenNothing, verifyRound).faults.map(({ kind }) => kind);
  } catch (error) {
    if (error instanceof Unreadable) return ["unreadable"];
    throw error;
  }
}

/** The script must refuse it and say this, and the proof page must find it wrong too. */
async function expectBothWrong(tampered: World | Files, sentence: string, ...words: string[]): Promise<void> {
  const files = "news" in tampered ? publish(tampered as World) : tampered;
  expectWrong(files, sentence, ...words);
  expect(await pageSays(files)).not.toEqual([]);
}

const withEntries = (change: (entries: World["lists"][0]) => World["lists"][0]): World => ({
  ...room,
  lists: room.lists.map((entries, list) => (list === 0 ? change(entries) : entries)),
});
const textOf = (files: Files, path: string) => files[path] as string;
const linesOf = (files: Files, path: string) => textOf(files, path).trimEnd().split("\n");
const unlines = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

const files = publish(room);
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

  test("a lane is edited", async () => {
    const lines = linesOf(files, "/lists/0/0").map((line, n) =>
      n === 0 ? line.replace(/ [01] /, (lane) => (lane === " 0 " ? " 1 " : " 0 ")) : line,
    );
    await expectBothWrong({ ...files, "/lists/0/0": unlines(lines) }, "do not make this root");
  });

  test("a quantity is edited", async () => {
    const lines = linesOf(files, "/lists/0/0").map((line, n) => (n === 0 ? line.replace(/\d$/, "9") : line));
    await expectBothWrong({ ...files, "/lists/0/0": unlines(lines) }, "do not make this root");
  });

  test("a lane's count is edited", async () => {
    const fields = { lane0: (rootLine["lane0"] as number) - 1, lane1: (rootLine["lane1"] as number) + 1 };
    await expectBothWrong(edit(room, isKind("root", 0), fields), "entries in lane");
  });

  test("a list's page is missing, or a line of it is cut off", async () => {
    const { "/lists/0/0": _page, ...rest } = files;
    await expectBothWrong(rest, "/lists/0/0 cannot be read");
    const cut = textOf(files, "/lists/0/0").trimEnd();
    await expectBothWrong({ ...files, "/lists/0/0": cut }, "its last line has no end");
  });

  test("a list's page has an empty line, or one more than the index says", async () => {
    const text = textOf(files, "/lists/0/0");
    await expectBothWrong({ ...files, "/lists/0/0": `\n${text}` }, "lines in place of");
    await expectBothWrong(
      { ...files, "/lists/0/0": `${text}${linesOf(files, "/lists/0/0")[0]}\n` },
      "lines in place of",
    );
    await expectBothWrong({ ...files, "/log/0": `${textOf(files, "/log/0")}\n` }, "it has an empty line");
  });

  test("the index says more pages than its lines need", async () => {
    const index = files[""] as { log: { pages: number } };
    const log = { ...index.log, pages: index.log.pages + 1 };
    const more = { ...files, "": { ...index, log }, "/log/1": "" };
    await expectBothWrong(more, "pages for");
  });
});

describe("chance", () => {
  const otherRound = (rootLine["round"] as number) + 1;

  test("the round is another one than the rule's", async () => {
    const world = withNews(
      room,
      (line) => isKind("root", 0)(line) || isKind("key", 0)(line),
      (line) => [{ ...line, round: otherRound, ...(line.kind === "key" && { signature: keyOfRound(1001) }) }],
    );
    await expectBothWrong(world, "the round must be 1000, not 1001");
  });

  test("the key takes another round than the root's", async () => {
    await expectBothWrong(
      edit(room, isKind("key", 0), { round: otherRound }),
      "it takes round 1001 in place of 1000",
    );
  });

  test("the signature is another round's, or another chain's, with a key that follows from it", async () => {
    for (const signature of [keyOfRound(1001), signRehearsal(1000)]) {
      const root = rootLine["root"] as string;
      const key = keyOf({ saleId: room.saleId, list: 0, root, chain: quicknet, round: 1000, signature });
      await expectBothWrong(
        edit(room, isKind("key", 0), { signature, key }),
        "the signature does not verify",
      );
    }
  });

  test("the signature is no point", async () => {
    await expectBothWrong(edit(room, isKind("key", 0), { signature: "f".repeat(96) }), "is no point");
  });

  test("the key is edited", async () => {
    await expectBothWrong(edit(room, isKind("key", 0), { key: "00".repeat(32) }), "the key does not follow");
  });

  test("a rehearsal's beacon, unless it is asked for", async () => {
    expectWrong(publish(draw), "REHEARSAL");
    // The page is not asked: it says it above all that it found.
    const report = checkLine(await readAsPage(publish(draw)), seenNothing, verifyRound);
    expect(report).toMatchObject({ isRehearsal: true, faults: [] });
  });

  test("a beacon that calls itself no rehearsal, and is not quicknet", async () => {
    const chain = { ...rehearsalChain, isRehearsal: false };
    const world = { ...edit(draw, isKind("rules"), { chain }), chain };
    await expectBothWrong(world, "is not drand's quicknet", "--rehearsal");
  });

  test("the root came too late for its round", async () => {
    const before = room.news.findIndex(isKind("root", 0));
    const atMs = quicknet.genesisMs + 999 * quicknet.periodMs - 14_000;
    const world = withNews(
      room,
      (_line, index) => index === before,
      (line) => [{ ...line, atMs }],
    );
    await expectBothWrong(world, "the root did not stand 15 s before its round");
  });
});

const keyOfRound = (round: 1001) =>
  room.news.find((line) => line.kind === "key" && line["round"] === round)!["signature"] as string;

describe("the log", () => {
  test("a line is edited, and the hashes after it are left", async () => {
    const lines = linesOf(files, "/log/0").map((line) => line.replace('"isPaused":true', '"isPaused":false'));
    await expectBothWrong({ ...files, "/log/0": unlines(lines) }, "prev is not the hash of the line before");
  });

  test("its last line is edited", async () => {
    const lines = linesOf(files, "/log/0").map((line) => line.replace("sold_out", "ended"));
    await expectBothWrong(
      { ...files, "/log/0": unlines(lines) },
      "its hash is not that of the log's last line",
    );
  });

  test.each(tamperedLog)("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("the index names another root, count, mode or chain", async () => {
    const index = files[""] as { lists: object[] };
    const lists = index.lists.map((list) => ({ ...list, root: "00".repeat(32) }));
    await expectBothWrong({ ...files, "": { ...index, lists } }, "the root of list 0 is not the log's");
    await expectBothWrong({ ...files, "": { ...index, mode: "draw" } }, "its mode is not that of the rules");
    await expectBothWrong(
      { ...files, "": { ...index, chain: rehearsalChain } },
      "its chain is not that of the rules",
    );
  });
});

describe("orders", () => {
  test.each(tamperedOrders)("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("an order is no order", async () => {
    const text = textOf(files, "/orders/0").replace(" confirmed ", "  ");
    await expectBothWrong({ ...files, "/orders/0": text }, "is no order");
  });
});

describe("the orders that the log binds", () => {
  test.each(tamperedBindings)("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("what came back since changes nothing that is bound", () => {
    const { status, stderr } = verifyFiles(
      publish(withOrder(boundRoom, 0, { unitsLeft: 0, state: "returned" })),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("what became of the orders, as the log says it", () => {
  test.each(tamperedSayings)("%s", (_what, world, sentence) => expectBothWrong(world, sentence));

  test("of a table that is not final yet nothing is said", () => {
    const published = publish(withOrder(settledRoom, 1, { unitsLeft: 0, state: "returned" }));
    const index = published[""] as { orders: object };
    const { status, stdout } = verifyFiles({
      ...published,
      "": { ...index, orders: { ...index.orders, isFinal: false } },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("is not final yet") });
  });
});

describe("a draw", () => {
  test.each(tamperedDraw)("%s", (_what, world, sentence) => expectBothWrong(world, sentence, "--rehearsal"));
});
