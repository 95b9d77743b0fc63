import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import {
  bundleOf,
  key,
  keysOf,
  orders,
  receipt,
  reportOf,
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

test.each([
  ["accepted", {}],
  ["held", {}],
  ["authorised", {}],
  ["expired", {}],
  ["cancelled", {}],
  ["confirmed", { issuedAt: "2026-11-27T09:55:00.000Z" }],
])(
  "an order that was %s may be missing from a report of a sale that goes on, and it is said",
  (state, more) => {
    const orderId = receipt.orderId.replace(/1$/, "9");
    const report = bundleOf({ ...reportOf(), closedAt: null });
    const own = sign({ ...receipt, orderId, state, ...more });
    expect(expectRight(report, keysOf(key), own)).toContain(`NOTE: the order of the receipt, ${orderId}`);
  },
);

test("a report lists holds that ended and orders that were given back", () => {
  const ended = orders.map((order, i) => ({
    ...order,
    ...(i > 0 && { state: (["expired", "cancelled"] as const)[i - 1]!, unitsLeft: 0 }),
  }));
  expectRight(bundleOf(reportOf(ended), { orders: textOf(ended) }));
  const back = orders.map((order) => ({ ...order, state: "refunded" as const, unitsLeft: 0 }));
  const report = { ...reportOf(back), identities: null };
  expectRight(bundleOf(report, { orders: textOf(back) }));
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
