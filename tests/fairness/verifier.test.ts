import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test, vi } from "vitest";
import { aDraw } from "./draw.ts";
import { hashOf, leafOf, lotOf, rankOf } from "./protocol.ts";
import { aRoom } from "./room.ts";
import { someReturns } from "./returns.ts";
import { runVerifier, verifyFiles } from "./run-verifier.ts";
import { type Files, type Order, publish, receiptOf, writeLog } from "./world.ts";

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "fairness-"));
afterAll(() => rmSync(folder, { recursive: true }));
const script = join(import.meta.dirname, "..", "..", "verify-fairness.mjs");
const room = aRoom();
const files = publish(room);
const textOf = (content: unknown) => (typeof content === "string" ? content : JSON.stringify(content));

test("it is plain Node: nothing but what Node brings, and none of our code", () => {
  const imports = [...readFileSync(script, "utf8").matchAll(/(?:from|import\(?) ?"([^"]+)"/g)].map(
    ([, name]) => name!,
  );
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((name) => !name.startsWith("node:"))).toEqual([]);
});

test("it reads a folder", () => {
  const target = join(folder, "files");
  for (const [path, content] of Object.entries(files)) {
    const file = join(target, path === "" ? "index.json" : path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, textOf(content));
  }
  expect(runVerifier(target)).toMatchObject({ status: 0, stderr: "" });
  writeFileSync(join(target, "orders", "1"), "x\n");
  expect(runVerifier(target)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("/orders/1: the index does not name it") as string,
  });
});

test("it reads what a site publishes, and keeps it in one file that it reads as well", async () => {
  const base = `/api/sale/${room.saleId}/fairness`;
  const server = createServer((request, response) => {
    const path = request.url!.slice(base.length);
    const content = request.url!.startsWith(base) ? files[path] : undefined;
    response.writeHead(content === undefined ? 404 : 200).end(content === undefined ? "" : textOf(content));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
  const kept = join(folder, "kept.json");
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, `${url}/`, "--save", kept]);
    expect(stdout).toContain("RIGHT");
    const wrong = promisify(execFile)(process.execPath, [script, `${url}x`]);
    await expect(wrong).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("answered 404") });
  } finally {
    server.closeAllConnections();
    server.close();
  }
  expect(runVerifier(kept)).toMatchObject({ status: 0, stderr: "" });
});

test("a page that has grown since the index was written is read as far as the index says", () => {
  const grown = { ...files, "/log/0": `${textOf(files["/log/0"])}{"n":19}\n` };
  expect(verifyFiles(grown)).toMatchObject({ status: 0 });
});

/** Runs it with one more file, named by a flag. */
function withReceipt(receipt: object, of: Files = files) {
  const file = join(folder, "receipt.json");
  writeFileSync(file, JSON.stringify(receipt));
  return verifyFiles(of, "--receipt", file);
}

test("it finds one's own entry by the receipt, and shouts if it was left out", () => {
  const [receipt] = room.receipts;
  const leafOfReceipt = (list: number, ownReceipt: typeof receipt) => {
    const entry = room.lists[list]!.find(({ leaf }) => leaf === leafFrom(ownReceipt!));
    return { ...ownReceipt, leaf: entry?.leaf ?? leafFrom(ownReceipt!) };
  };
  expect(withReceipt(leafOfReceipt(0, receipt))).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/Your entry: place \d+ of 15, lot [0-9a-f]{64}\.\nIt/),
  });
  const stranger = receiptOf(room.saleId, 999, 0);
  expect(withReceipt(leafOfReceipt(0, stranger))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("YOU WERE LEFT OUT"),
  });
  const edited = { ...leafOfReceipt(0, receipt), quantity: 9 };
  expect(withReceipt(edited)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("does not follow"),
  });
});

function leafFrom({ saleId, list, lane, quantity, buyerId, salt }: (typeof room.receipts)[0]): string {
  const commitment = hashOfParts(Buffer.from(salt, "hex"), buyerId);
  return leafOf(saleId, list, { lane, quantity, commitment });
}
const hashOfParts = (salt: Buffer, buyerId: string) => hashOf(Buffer.concat([salt, Buffer.from(buyerId)]));

test("a hash that was seen must still be there", () => {
  const seen = hashOf(writeLog(room.news)[5]!);
  expect(verifyFiles(files, "--seen", seen)).toMatchObject({ status: 0 });
  expect(verifyFiles(files, "--seen", "ab".repeat(32))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("THE LOG WAS CHANGED"),
  });
});

test("units of a draw that came back in a turn that still runs go to the next one", () => {
  const draw = aDraw();
  const steps = draw.news.filter(({ kind }) => kind === "step");
  const last = steps.at(-1)!;
  const bought = draw.orders.at(0)!;
  // Nobody's turn has lapsed: the units are there because the winner of step 1 has bought and was cancelled.
  const news = draw.news
    .filter(({ kind }) => kind !== "lapse")
    .map((line) => (line === last ? { ...line, lapsedSteps: 0 } : line));
  const key = draw.news.find(({ kind }) => kind === "key")!["key"] as string;
  const winner = draw.lists[0]!.find(
    ({ lane, leaf }) => rankOf(0, lane, lotOf(key, leaf)) === steps[0]!["upTo"],
  )!;
  const returned = { ...bought, orderId: "ord_returned", place: 99, leaf: winner.leaf, step: 1 };
  const cancelled = { ...returned, quantity: winner.quantity, unitsLeft: 0, state: "returned" as const };
  expect(verifyFiles(publish({ ...draw, news }), "--rehearsal")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("units are promised, and 10 are allocated"),
  });
  const passedOn = { ...draw, news, orders: [...draw.orders, cancelled] };
  expect(verifyFiles(publish(passedOn), "--rehearsal")).toMatchObject({ status: 0, stderr: "" });
});

test("whoever leaves between closing and root is looked for once the list is published", () => {
  const [left] = room.news.filter(({ kind }) => kind === "withdrawn");
  const news = room.news.filter((line) => line !== left);
  const at = news.findIndex(({ kind, list }) => kind === "root" && list === 1);
  const early = (leaf: unknown) => ({
    ...room,
    news: news.toSpliced(at, 0, { ...left!, leaf, atMs: news[at]!.atMs }),
  });
  expect(verifyFiles(publish(early(left!["leaf"])))).toMatchObject({ status: 0, stderr: "" });
  expect(verifyFiles(publish(early("00".repeat(32))))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("which was withdrawn"),
  });
});

test("two orders may share a place, which one of them was given before a store was lost", () => {
  const orders = room.orders.map((order, n) => (n === 1 ? { ...order, place: 1 } : order));
  expect(verifyFiles(publish({ ...room, orders }))).toMatchObject({ status: 0, stderr: "" });
});

test("of an open sale it takes what was bought before the line, and nothing that was bought outside it since", () => {
  const world = someReturns();
  expect(verifyFiles(publish(world), "--rehearsal")).toMatchObject({ status: 0, stderr: "" });
  const wrong = (change: (order: Order) => Partial<Order>) =>
    verifyFiles(
      publish({
        ...world,
        orders: world.orders.map((order, n) => (n === 2 ? { ...order, ...change(order) } : order)),
      }),
      "--rehearsal",
    );
  expect(wrong(({ reservedAtMs }) => ({ reservedAtMs: reservedAtMs + 1 }))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("after the line had begun"),
  });
  expect(wrong(() => ({ leaf: world.orders[3]!.leaf }))).toMatchObject({ status: 1 });
  const inRoom = room.orders.map((order, n) =>
    n === 0 ? { ...order, leaf: "-", step: "-" as const } : order,
  );
  expect(verifyFiles(publish({ ...room, orders: inRoom }))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("outside the line"),
  });
});

test.each([
  ["what is no index", { "": { saleId: 1 } }, "the index has not the form"],
  ["what is no JSON", { "": "no" }, "cannot be read"],
  ["nothing", {}, "the index cannot be read"],
])("it cannot read %s, and says so", (_what, wrong, sentence) => {
  expect(verifyFiles(wrong as Files)).toMatchObject({ status: 1, stderr: expect.stringContaining(sentence) });
});

test.each([[[]], [["a", "b"]], [["--seen"]], [["--what", "x"]]])("called with %j it says how", (words) => {
  expect(runVerifier(...words)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("where the files are"),
  });
});

test("it finds an entry whose lane was undone after its receipt", () => {
  const [receipt] = room.receipts;
  const demoted = { ...receipt!, lane: 1 };
  const leaf = leafFrom(demoted);
  expect(withReceipt({ ...demoted, leaf })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("that was undone before the list closed") as string,
  });
});
