import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { aRoom } from "../../../../tests/fairness/room.ts";
import { pageFilesOf } from "../../../../tests/fairness/page-files.ts";
import { lawfulFiles, tamperedFiles, unpublished } from "../../../../tests/fairness/stranger-files.ts";
import { lawfulLines, tamperedLines } from "../../../../tests/fairness/stranger-laws.ts";
import { lawfulPasts, tamperedPasts } from "../../../../tests/fairness/stranger-pasts.ts";
import { type Files, publish } from "../../../../tests/fairness/world.ts";
import type { Receipt } from "../api/contract.ts";
import { checkLine, leafOfReceipt, type LineFiles, type Seen } from "./check-line.ts";
import { keyOf, rootOf } from "./list-entries.ts";
import { hex, hmacBy, unhex } from "./bytes.ts";
import { hashOfLine } from "./log-lines.ts";
import { loadVerifier } from "./verify-round.ts";

// Each check verifies two signatures, which takes a while beside other tests.
vi.setConfig({ testTimeout: 30_000 });

type Vectors = {
  readonly entries: readonly (Receipt & { readonly leaf: string })[];
  readonly roots: readonly { readonly leaves: readonly string[]; readonly root: string }[];
  readonly keys: readonly (Parameters<typeof keyOf>[0] & { readonly key: string })[];
  readonly lots: readonly { readonly key: string; readonly leaf: string; readonly lot: string }[];
  readonly signatures: readonly {
    readonly publicKey: string;
    readonly round: number;
    readonly signature: string;
  }[];
  readonly room: Files;
  readonly boundRoom: Files;
  readonly settledRoom: Files;
  readonly draw: Files;
  readonly returns: Files;
  readonly settledDraw: Files;
  readonly settledReturns: Files;
};
const path = new URL("../../../../docs/fairness-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(path, "utf8")) as Vectors;
const verifyRound = (await loadVerifier())!;
const seenNothing: Seen = { logLines: 0, logHash: null, roots: {}, receipt: null };

const room = pageFilesOf(vectors.room);
const draw = pageFilesOf(vectors.draw);
const returns = pageFilesOf(vectors.returns);
const faultsOf = (files: LineFiles, seen = seenNothing) => [
  ...new Set(checkLine(files, seen, verifyRound).faults.map(({ kind }) => kind)),
];

/** The log with some of its lines changed, and hashed anew as a forger would. */
function forge(files: LineFiles, change: (line: Record<string, unknown>) => unknown): LineFiles {
  let prev = "0".repeat(64);
  const log = files.log.map((text) => {
    const line = JSON.parse(text) as Record<string, unknown>;
    change(line);
    const changed = JSON.stringify({ ...line, prev });
    prev = hashOfLine(changed);
    return changed;
  });
  return { ...files, log, index: { ...files.index, log: { ...files.index.log, hash: prev } } };
}
const inLine =
  (kind: string, change: (line: Record<string, unknown>) => void) => (line: Record<string, unknown>) =>
    line["kind"] === kind && change(line);

test("the vectors of docs/fairness.md", () => {
  for (const entry of vectors.entries) expect(leafOfReceipt(entry)).toBe(entry.leaf);
  for (const { leaves, root } of vectors.roots) expect(rootOf(unhex(leaves.join("")))).toBe(root);
  for (const { key, ...parts } of vectors.keys) expect(keyOf(parts)).toBe(key);
  for (const { key, leaf, lot } of vectors.lots) expect(hex(hmacBy(unhex(key))(unhex(leaf)))).toBe(lot);
  for (const { publicKey, round, signature } of vectors.signatures) {
    expect(verifyRound(publicKey, round, signature)).toBe(true);
    expect(verifyRound(publicKey, round + 1, signature)).toBe(false);
  }
});

test.each([
  ["waiting_room", room],
  ["draw", draw],
  ["returns", returns],
  ["draw", pageFilesOf(vectors.settledDraw)],
  ["returns", pageFilesOf(vectors.settledReturns)],
])("a published %s is right, each part of it", (mode, files) => {
  const report = checkLine(files, seenNothing, verifyRound);
  expect(report.faults).toEqual([]);
  expect(report.mode).toBe(mode);
  expect(report.counts.log).toBe(files.log.length);
  expect(report.counts.orders).toBe(files.orders.length);
  expect(report.counts.signatures).toBeGreaterThan(0);
  expect(report.unverified).toBe(0);
});

test("an order of an open sale has a leaf, or was made before anybody stood in line", () => {
  const late = returns.orders.map((text, n) => (n === 0 ? text.replace(/\d+$/, "1900000000000") : text));
  expect(faultsOf({ ...returns, orders: late })).toEqual(["order_leaf"]);
  const outside = room.orders.map((text, n) =>
    n === 0 ? text.replace(/[0-9a-f]{64} (\d+) (\d+)/, "- - $2") : text,
  );
  expect(faultsOf({ ...room, orders: outside })).not.toEqual([]);
});

test("without the code for signatures, those are said not to be verified, and the rest is", () => {
  const report = checkLine(room, seenNothing, null);
  expect(report.faults).toEqual([]);
  expect(report.counts.signatures).toBe(0);
  expect(report.unverified).toBe(room.index.lists.length);
});

test("an entry that was edited, left out, added or swapped does not make the root", () => {
  const [first = "", second = "", ...rest] = room.lists[0]!;
  const withList = (list: string[]) => ({ ...room, lists: { ...room.lists, 0: list } });
  const edited = first.replace(/ \d+$/, " 9");
  expect(faultsOf(withList([edited, second, ...rest]))).toContain("list_root");
  expect(faultsOf(withList([second, ...rest]))).toEqual(expect.arrayContaining(["list_root", "list_count"]));
  expect(faultsOf(withList([first, first, second, ...rest]))).toContain("entry_order");
  expect(faultsOf(withList([second, first, ...rest]))).toContain("list_root");
});

test("a log that was changed without its hashes", () => {
  const log = room.log.map((text, n) => (n === 2 ? text.replace(/"atMs":(\d)/, '"atMs":9') : text));
  expect(faultsOf({ ...room, log })).toContain("line_hash");
  expect(faultsOf({ ...room, log: room.log.slice(0, -1) })).toContain("log_hash");
});

test("a log that was forged whole", () => {
  const forged = (kind: string, change: (line: Record<string, unknown>) => void) =>
    faultsOf(forge(room, inLine(kind, change)));
  expect(forged("key", (line) => (line["key"] = "0".repeat(64)))).toContain("key");
  expect(forged("key", (line) => (line["signature"] = "a".repeat(96)))).toContain("signature");
  expect(forged("root", (line) => (line["round"] = Number(line["round"]) + 1))).toContain("round_rule");
  expect(forged("step", (line) => (line["people"] = Number(line["people"]) + 1))).toContain("step_people");
  expect(forged("step", (line) => (line["holdsFromMs"] = line["atMs"]))).toContain("holds_early");
  expect(forged("step", (line) => (line["step"] = 7))).toContain("step_number");
  const another = forge(
    room,
    inLine("rules", (line) => Object.assign(line["chain"] as object, { hash: "1".repeat(64) })),
  );
  expect(faultsOf(another)).toEqual(expect.arrayContaining(["key"]));
});

test("an order without a leaf, outside its turn, twice, or of too many units", () => {
  const [first = "", ...rest] = room.orders;
  const parts = first.split(" ");
  const changed = (at: number, text: string) =>
    faultsOf({ ...room, orders: [parts.with(at, text).join(" "), ...rest] });
  expect(changed(2, "ab".repeat(32))).toContain("order_leaf");
  expect(changed(3, "9999")).toContain("order_step");
  expect(changed(4, "60000")).toContain("order_units");
  expect(changed(7, "1")).toContain("order_early");
  const lapse = JSON.parse(room.log.find((text) => text.includes('"lapse"'))!) as { holdsFromMs: number };
  expect(changed(7, String(lapse.holdsFromMs))).toContain("order_late");
  expect(changed(7, String(lapse.holdsFromMs - 1))).not.toContain("order_late");
  expect(faultsOf({ ...room, orders: [first, first, ...rest] })).toContain("order_twice");
});

test("a draw that passes somebody over whose units would have fit", () => {
  const forged = forge(
    draw,
    inLine("step", (line) => (line["quantityAtMost"] = 0)),
  );
  expect(faultsOf(forged)).toContain("wrongly_passed_over");
});

test("a draw that gives units out in the line by which they lapse: until it holds, winners may still buy", () => {
  const [at] = draw.log.flatMap((text, n) => (text.includes('"lapse"') ? [n] : []));
  let n = 0;
  const rest = { ...draw, log: draw.log.toSpliced(at!, 1) };
  expect(faultsOf(forge(rest, (line) => (line["n"] = n++)))).toEqual(["promised_too_many"]);
});

test("turns that end before their time", () => {
  const forged = forge(
    room,
    inLine("rules", (line) => (line["turnSeconds"] = 184)),
  );
  expect(faultsOf(forged)).toEqual(["lapsed_early"]);
});

test("whoever leaves between closing and root is looked for once the list is published", () => {
  const { leaf } = JSON.parse(room.log.find((text) => text.includes('"withdrawn"'))!) as { leaf: string };
  const without = { ...room, log: room.log.filter((text) => !text.includes('"withdrawn"')) };
  const closing = without.log.findIndex((text) => text.includes('"closing","list":1'));
  const leaving = (hash: string) =>
    faultsOf(withLine(without, closing, { kind: "withdrawn", list: 1, leaf: hash }));
  expect(leaving(leaf)).toEqual([]);
  expect(leaving("00".repeat(32))).toEqual(["no_entry"]);
});

test("what this browser saw before is still there, or it says so", () => {
  const logHash = hashOfLine(room.log[1]!);
  const roots = { 0: room.index.lists[0]!.root };
  expect(faultsOf(room, { ...seenNothing, logHash, roots })).toEqual([]);
  expect(faultsOf(room, { ...seenNothing, logHash: "1".repeat(64) })).toEqual(["seen_log"]);
  const emptyLog = { ...seenNothing, logHash: "0".repeat(64) };
  expect(faultsOf(room, emptyLog), "seen before its first line").toEqual([]);
  expect(faultsOf(room, { ...seenNothing, roots: { 0: "1".repeat(64) } })).toEqual(["seen_root"]);
});

/** The log with one more line behind another, numbered and hashed anew. */
function withLine(files: LineFiles, after: number, line: object): LineFiles {
  const { atMs } = JSON.parse(files.log[after]!) as { atMs: number };
  const log = files.log.toSpliced(after + 1, 0, JSON.stringify({ n: 0, prev: "", atMs, ...line }));
  let n = 0;
  return forge({ ...files, log }, (each) => (each["n"] = n++));
}

test("a line that was closed to newcomers has no list after the one that was open then", () => {
  const closed = { kind: "joining", isOpen: false, role: "operator" };
  const closings = room.log.flatMap((text, n) => (text.includes('"closing"') ? [n] : []));
  expect(closings.length).toBeGreaterThan(1);
  expect(faultsOf(withLine(room, 1, closed))).toContain("list_order");
  expect(faultsOf(withLine(room, closings.at(-2)!, closed))).toEqual([]);
  expect(faultsOf(withLine(room, 1, { ...closed, isOpen: true }))).toEqual(["joining"]);
  expect(faultsOf(withLine(draw, 1, closed))).toContain("list_order");
});

test("an entry whose lane was undone after its receipt is found in lane 0", () => {
  const world = aRoom();
  const files = pageFilesOf(publish(world));
  const mine = world.receipts.find(({ lane }) => lane === 0)! as unknown as Receipt;
  const own = (lane: 0 | 1) =>
    checkLine(files, { ...seenNothing, receipt: { ...mine, lane } }, verifyRound).own;
  expect(own(1)).toMatchObject({ lane: 0, leaf: leafOfReceipt({ ...mine, lane: 0 }) });
  expect(own(1)).toEqual(own(0));
});

test("an entry that is in no list was left out", () => {
  const receipt = { ...vectors.entries[0]!, saleId: room.index.saleId, list: 0 };
  const report = checkLine(room, { ...seenNothing, receipt }, verifyRound);
  expect(report.own).toBe("left_out");
  expect(report.faults.map(({ kind }) => kind)).toEqual(["left_out"]);
});

/** The laws alone that do not hold: each signature is taken for good, which takes no time. */
const lawsOf = (files: LineFiles) => [
  ...new Set(checkLine(files, seenNothing, () => true).faults.map(({ kind }) => kind)),
];
const setAll = (kind: string, fields: object) => inLine(kind, (line) => void Object.assign(line, fields));
/** Changes the line of this number of its kind, from 0; negative: from the end. */
function setOne(files: LineFiles, kind: string, at: number, fields: object): LineFiles {
  const of = files.log.map((text) => JSON.parse(text) as Record<string, unknown>);
  const chosen = of.filter((line) => line["kind"] === kind).at(at)!["n"];
  return forge(files, (line) => line["n"] === chosen && Object.assign(line, fields));
}
const rulesOf = ({ log }: LineFiles) => JSON.parse(log[0]!) as { startsAtMs: number; closesAtMs: number };

test.each<[string, LineFiles, string]>([
  [
    "list 0 is closed before its time",
    forge(room, setAll("rules", { closesAtMs: rulesOf(room).startsAtMs })),
    "closed_early",
  ],
  [
    "a later list is closed before its time",
    forge(room, setAll("rules", { listSeconds: 31 })),
    "closed_early",
  ],
  [
    "a list is read too early",
    setOne(room, "root", 0, { atMs: rulesOf(room).startsAtMs - 112_001 }),
    "read_early",
  ],
  ["an entry may buy more than anybody", forge(room, setAll("rules", { purchaseLimit: 1 })), "list_units"],
  [
    "a key is there before its round",
    setOne(room, "key", 0, { atMs: rulesOf(room).startsAtMs - 30_001 }),
    "key_early",
  ],
  [
    "a turn begins before the opening",
    forge(room, setAll("rules", { startsAtMs: rulesOf(room).startsAtMs + 10_000 })),
    "before_opening",
  ],
  ["a room's step leaves somebody out", setOne(room, "step", 1, { quantityAtMost: 1 }), "left_out_of_step"],
  ["it ends for no reason", forge(room, setAll("end", { reason: "enough" })), "ended_again"],
  [
    "it says that all was sold, and it was not",
    forge(room, setAll("allocation", { allocated: 7 })),
    "not_sold_out",
  ],
  ["a draw has later lists", forge(draw, setAll("rules", { listSeconds: 30 })), "rules_fit"],
  ["a range takes nobody", setOne(draw, "step", 0, { quantityAtMost: 0, people: 0 }), "withdrawn_range"],
  ["more is given out than was left", setOne(draw, "step", 0, { quantityAtMost: 11 }), "promised_range"],
  [
    "a second chance takes another quantity",
    setOne(draw, "step", -1, { quantityAtMost: 9 }),
    "second_chance",
  ],
])("%s", (_what, files, kind) => expect(lawsOf(files)).toContain(kind));

test("an entry that is withdrawn twice", () => {
  const { leaf } = JSON.parse(draw.log.find((text) => text.includes('"withdrawn"'))!) as { leaf: string };
  const at = draw.log.findIndex((text) => text.includes('"withdrawn"'));
  expect(lawsOf(withLine(draw, at, { kind: "withdrawn", list: 0, leaf }))).toEqual(["withdrawn_again"]);
});

test("somebody who was passed over would fit by now, and another one is given a turn", () => {
  const at = draw.log.findIndex((text) => text.includes('"lapse"'));
  const more = withLine(draw, at, { kind: "allocation", allocated: 20, role: "operator" });
  // All of those who were passed over would fit long before; the step is for one who comes behind them.
  const later = setOne(more, "step", -1, {
    atMs: rulesOf(draw).startsAtMs + 4_400_000,
    holdsFromMs: rulesOf(draw).startsAtMs + 4_403_000,
  });
  expect(lawsOf(setOne(later, "end", 0, { atMs: rulesOf(draw).startsAtMs + 4_500_000 }))).toContain("sooner");
});

test("the orders that the log binds, also those that came late", () => {
  const bound = pageFilesOf(vectors.boundRoom);
  expect(lawsOf(bound)).toEqual([]);
  expect(lawsOf({ ...bound, orders: bound.orders.toSpliced(1, 1) })).toContain("orders_root");
  const returned = bound.orders.map((text) => text.replace(/ 1 confirmed /, " 0 returned "));
  expect(lawsOf({ ...bound, orders: returned })).toEqual([]);
  const added = {
    ...bound,
    orders: [
      ...bound.orders,
      bound.orders[0]!.replace(/^.{64} 1/, `${"a".repeat(64)} 9`).replace(" 1 confirmed", " 0 returned"),
    ],
  };
  expect(lawsOf(added)).toEqual(["unbound"]);
  expect(lawsOf(setOne(bound, "orders", 2, { late: [] }))).toContain("orders_root");
  expect(lawsOf(setOne(bound, "orders", 1, { place: 0 }))).toContain("binding");
});

test("what became of the orders, as the log says it", () => {
  const settled = pageFilesOf(vectors.settledRoom);
  expect(lawsOf(settled)).toEqual([]);
  const withFirst = (change: string) => ({
    ...settled,
    orders: settled.orders.with(0, settled.orders[0]!.replace(" 0 refunded ", change)),
  });
  expect(lawsOf(withFirst(" 1 confirmed "))).toContain("units_root");
  expect(lawsOf(withFirst(" 0 returned "))).toEqual(["units_root"]);
  expect(lawsOf(setOne(settled, "units", 1, { changed: [] }))).toContain("units_root");
  expect(lawsOf(setOne(settled, "units", 3, { changed: [`${"ab".repeat(32)} 1 confirmed`] }))).toContain(
    "units_change",
  );
  expect(lawsOf(setOne(settled, "units", 0, { count: 9 }))).toContain("units_line");
  const more = settled.log.toSpliced(-1, 1);
  expect(
    lawsOf({
      ...settled,
      log: more,
      index: { ...settled.index, log: { ...settled.index.log, hash: hashOfLine(more.at(-1)!) } },
    }),
  ).toEqual(["units_root"]);
});

test("an index that says otherwise than the log", () => {
  expect(lawsOf({ ...room, index: { ...room.index, mode: "draw" } })).toEqual(["index"]);
  const lists = room.index.lists.map((list) => ({ ...list, count: list.count + 1 }));
  expect(lawsOf({ ...room, index: { ...room.index, lists } })).toContain("index");
});

test.each([...tamperedFiles, ...tamperedLines, ...tamperedPasts])(
  "tampered by a stranger: %s",
  (_what, files, _says, kind) => {
    // What only the script reads is not in these files.
    if (kind !== null) expect(lawsOf(pageFilesOf(files))).toContain(kind);
  },
);

test.each([...lawfulFiles, ...lawfulLines, ...lawfulPasts])("as lawful: %s", (_what, files) =>
  expect(lawsOf(pageFilesOf(files))).toEqual([]),
);

test("a line of which nothing is published yet is not wrong", () => {
  const report = checkLine(pageFilesOf(unpublished), seenNothing, verifyRound);
  expect(report).toMatchObject({ faults: [], counts: { log: 0 } });
  const logHash = "ab".repeat(32);
  expect(faultsOf(pageFilesOf(unpublished), { ...seenNothing, logHash })).toEqual(["seen_log"]);
});
