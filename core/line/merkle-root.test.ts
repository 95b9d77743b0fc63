import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { merkleRoot } from "./merkle-root.ts";

const sha = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** RFC 9162, section 2.1.1, as it is written there. */
function head(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha(Buffer.of(1), head(leaves.slice(0, k)), head(leaves.slice(k)));
}

test("gives the tree head of RFC 9162 for every number of leaves up to 70", () => {
  const leaves = Array.from({ length: 70 }, (_, i) => sha(Buffer.of(i)));
  for (let count = 0; count <= leaves.length; count++) {
    const some = leaves.slice(0, count);
    expect(merkleRoot(Buffer.concat(some)).toString("hex"), `${count} leaves`).toBe(
      head(some).toString("hex"),
    );
  }
});

test("leaves the leaves as they are", () => {
  const leaves = Buffer.concat([sha(Buffer.of(1)), sha(Buffer.of(2))]);
  const before = Buffer.from(leaves);
  merkleRoot(leaves);
  expect(leaves.equals(before)).toBe(true);
});
