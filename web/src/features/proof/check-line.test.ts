import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { aRoom } from "../../../../tests/fairness/room.ts";
import { publish } from "../../../../tests/fairness/world.ts";
import type { FairnessIndex, Receipt } from "../api/contract.ts";
import { checkLine, leafOfReceipt, type LineFiles, type Seen } from "./check-line.ts";
import { keyOf, rootOf } from "./list-entries.ts";
import { hex, hmacBy, unhex } from "./bytes.ts";
import { hashOfLine } from "./log-lines.ts";
import { loadVerifier } from "./verify-round.ts";

// Each check verifies two signatures, which takes a while beside other tests.
vi.setConfig({ testTimeout: 30_000 });

type Paths = Readonly<Record<string, string>> & { readonly "": FairnessIndex };
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
  readonly room: Paths;
  readonly draw: Paths;
  readonly returns: Paths;
};
const path = new URL("../../../../docs/fairness-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(path, "utf8")) as Vectors;
const verifyRound = (await loadVerifier())!;
const seenNothing: Seen = { logLines: 0, logHash: null, roots: {}, receipt: null };

const linesOf = (text: string | undefined) => (text ?? "").split("\n").filter((line) => line !== "");
function filesOf(paths: Paths): LineFiles {
  const lists = paths[""].lists.map(({ list }) => [list, linesOf(paths[`/lists/${list}/0`])] as const);
  return {
    index: paths[""],
    log: linesOf(paths["/log/0"]),
    lists: Object.fromEntries(lists),
    orders: linesOf(paths["/orders/0"]),
  };
}
const room = filesOf(vectors.room);
const draw = filesOf(vectors.draw);
const returns = filesOf(vectors.returns);
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
  expect(
    changed(7, "9999999999999").includes("order_late") || room.log.every((l) => !l.includes('"lapse"')),
  ).toBe(true);
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
  const leaving = (one: string) =>
    faultsOf(withLine(without, closing, { kind: "withdrawn", list: 1, leaf: one }));
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
  expect(faultsOf(withLine(room, 1, { ...closed, isOpen: true }))).toEqual([]);
  expect(faultsOf(withLine(draw, 1, closed))).toContain("list_order");
});

test("an entry whose lane was undone after its receipt is found in lane 0", () => {
  const world = aRoom();
  const files = filesOf(publish(world) as unknown as Paths);
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
