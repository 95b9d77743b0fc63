import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { leafOf, commitmentOf } from "./protocol.ts";
import { aRoom } from "./room.ts";
import { runVerifier } from "./run-verifier.ts";
import { publish, receiptOf } from "./world.ts";

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "fairness-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const room = aRoom();
const files = publish(room);
const right = write("files.json", JSON.stringify(files));

const [joined] = room.receipts;
const receiptWith = (change: object) => JSON.stringify({ ...receiptOf(room.saleId, 999, 0), ...change });
const leafOfReceipt = (receipt: typeof joined & {}) =>
  leafOf(room.saleId, receipt.list, { ...receipt, commitment: commitmentOf(receipt) });

test.each([
  ["is not there", null, "no such file"],
  ["is no JSON", "no", "it is no JSON"],
  ["is null", "null", "it is no JSON object"],
  ["is a list", "[]", "it is no JSON object"],
  ["has a number for its salt", receiptWith({ salt: 5, leaf: "ab".repeat(32) }), "salt has not the form"],
  ["has no leaf", receiptWith({}), "leaf has not the form"],
  ["has a list below 0", receiptWith({ list: -1, leaf: "ab".repeat(32) }), "list has not the form"],
  ["has too many units", receiptWith({ quantity: 70_000, leaf: "ab".repeat(32) }), "quantity has not"],
  ["has its units as a text", receiptWith({ quantity: "1", leaf: "ab".repeat(32) }), "quantity has not"],
  [
    "is of another sale",
    receiptWith({ saleId: "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QX", leaf: "ab".repeat(32) }),
    "is of another sale",
  ],
])("a receipt that %s is no fault of the line: exit 2, and what is wrong", (_what, text, sentence) => {
  const file = text === null ? join(folder, "none.json") : write("receipt.json", text);
  const { status, stdout, stderr } = runVerifier(right, "--receipt", file);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/\n.+\n/);
});

test("whoever joined a list that is open, or has no root as yet, was not left out", () => {
  for (const list of [2, 7]) {
    const receipt = receiptOf(room.saleId, 999, list);
    const file = write("receipt.json", JSON.stringify({ ...receipt, leaf: leafOfReceipt(receipt) }));
    expect(runVerifier(right, "--receipt", file)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`list ${list}, which has no root yet`) as string,
    });
  }
});

test.each([[""], ["ab"], ["AB".repeat(32)], ["00".repeat(32)]])(
  'a hash "%s" of no line is not looked for: exit 2',
  (seen) => {
    expect(runVerifier(right, "--seen", seen)).toMatchObject({ status: 2, stdout: "" });
  },
);

const text = JSON.stringify(files);
test.each([
  ["the index twice", text.replace("{", '{"":{},'), "the field  stands twice"],
  ["a page twice", text.replace("{", '{"/orders/0":"x\\n",'), "the field /orders/0 stands twice"],
  ["a name of the index twice", text.replace('"isFinal":', '"isFinal":false,"isFinal":'), "isFinal stands"],
  ["half a character", text.replace('\\"message\\":\\"', '\\"message\\":\\"\\ud800'), "it is no UTF-8"],
  ["a byte order mark", `\ufeff${text}`, "cannot be read"],
])("one file with %s cannot be read", (_what, changed, sentence) => {
  expect(changed).not.toBe(text);
  const { status, stderr } = runVerifier(write("changed.json", changed));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^UNREADABLE/);
  expect(stderr).toContain(sentence);
});
