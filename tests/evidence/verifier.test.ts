import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import {
  bundleOf,
  key,
  keysOf,
  orders,
  receipt,
  sign,
  strangersKey,
  textOf,
  verifyEvidence,
} from "./world.ts";

vi.setConfig({ testTimeout: 30_000 });

function expectRight(...given: Parameters<typeof verifyEvidence>): string {
  const { status, stdout, stderr } = verifyEvidence(...given);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("RIGHT");
  return stdout;
}

const signed = sign(receipt);

test("the script has no package, and no line of the platform", () => {
  const imports = [...readFileSync("verify-evidence.mjs", "utf8").matchAll(/^import .* from "(.*)";$/gm)];
  expect(imports.map(([, from]) => from)).toEqual(["node:crypto", "node:fs"]);
});

test("a receipt, a report, and both together are right; what was signed is printed", () => {
  expect(expectRight(signed)).toContain(receipt.orderId);
  expect(expectRight(bundleOf(), keysOf(strangersKey, key))).toContain('"sold": 2');
  expectRight(bundleOf(), keysOf(key), signed);
  // Something became of the order after the receipt.
  const before = sign({
    ...receipt,
    quantity: 1,
    unitsLeft: 1,
    orderId: orders[1]!.orderId,
    place: 2,
    reservedAt: "2026-11-27T09:00:00.002Z",
  });
  expect(expectRight(bundleOf(), keysOf(key), before)).toContain("NOTE");
});

const wrong = (...given: Parameters<typeof verifyEvidence>) => {
  const { status, stderr } = verifyEvidence(...given);
  return [status, stderr.split("\n", 1)[0]];
};

test("what was tampered with is refused, and named; tampering.test.ts has each way", () => {
  expect(wrong({ ...signed, payload: sign({ ...receipt, place: 2 }).payload })).toEqual([
    1,
    expect.stringContaining("the signature does not fit"),
  ]);
  expect(wrong(sign(receipt, strangersKey))).toEqual([1, expect.stringContaining("never published")]);
  expect(wrong(bundleOf(undefined, { orders: textOf(orders.slice(1)) }))).toEqual([
    1,
    expect.stringContaining("not the one that was signed"),
  ]);
});
