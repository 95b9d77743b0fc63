import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  EvidenceKeys,
  ReceiptStatement,
  ReportStatement,
  SignedStatement,
} from "../../core/contract/evidence.ts";
import { orderLine, orderTally, type ReportedOrder } from "../../core/evidence/order-lines.ts";
import { type SigningKey, signingKey, signStatement } from "../../core/evidence/signing-key.ts";

const script = join(import.meta.dirname, "..", "..", "verify-evidence.mjs");

export const SALE = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD";
const orderIdOf = (n: number) => `ord_01J9ZQ4Z70${SALE.slice(-8)}0000000${n}`;
export const key = signingKey("a secret of these tests alone, long enough");
export const strangersKey = signingKey("a secret of a stranger, who would like to be the shop");

export const keysOf = (...keys: readonly SigningKey[]): EvidenceKeys => ({
  keys: keys.map(({ kid, x }) => ({
    kty: "OKP",
    crv: "Ed25519",
    alg: "EdDSA",
    use: "sig",
    kid,
    x,
    firstUsedAt: "2026-11-27T08:00:00.000Z",
    revokedAt: null,
  })),
});

export const receipt: ReceiptStatement = {
  statement: "flash-sale/receipt/1",
  issuer: "https://shop.example.com",
  shop: "Shop",
  issuedAt: "2026-11-27T09:10:00.000Z",
  saleId: SALE,
  sale: "Lamp",
  orderId: orderIdOf(1),
  buyerId: "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD",
  quantity: 2,
  unitsLeft: 2,
  state: "confirmed",
  place: 1,
  reservedAt: "2026-11-27T09:00:00.001Z",
  priceMinor: 100,
  currency: "EUR",
  leaf: "ab".repeat(32),
};

export const orders: readonly ReportedOrder[] = [
  { quantity: 2, unitsLeft: 2, unitsWithheld: 0, state: "confirmed" as const },
  { quantity: 1, unitsLeft: 0, unitsWithheld: 1, state: "returned" as const },
  { quantity: 1, unitsLeft: 0, unitsWithheld: 0, state: "rejected" as const },
].map((order, index) => ({
  ...order,
  orderId: orderIdOf(index + 1),
  place: index + 1,
  reservedAtMs: Date.parse("2026-11-27T09:00:00.001Z") + index,
}));

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
export const logLines: readonly string[] = ["rules", "closed", "ended"].reduce<string[]>(
  (lines, kind, n) => [
    ...lines,
    JSON.stringify({ n, prev: n === 0 ? "0".repeat(64) : sha256(lines[n - 1]!), atMs: n, kind }),
  ],
  [],
);

export function reportOf(all: readonly ReportedOrder[] = orders, log = logLines): ReportStatement {
  const tally = orderTally();
  for (const order of all) tally.add(order);
  const { lines, sold, withheld, byState, sha256: hash } = tally.end();
  return {
    statement: "flash-sale/report/1",
    issuer: "https://shop.example.com",
    shop: "Shop",
    issuedAt: "2026-11-27T10:00:00.000Z",
    saleId: SALE,
    sale: "Lamp",
    mode: "draw",
    startsAt: "2026-11-27T09:00:00.000Z",
    endsAt: null,
    closedAt: "2026-11-27T09:30:00.000Z",
    priceMinor: 100,
    currency: "EUR",
    counts: { allocated: 3, sold, withheld, orders: lines, byState },
    identities: [{ name: "sold", left: 2, right: 2, holds: true }],
    recoveries: [],
    orders: { lines, sha256: hash },
    log: { lines: log.length, hash: sha256(log.at(-1)!) },
  };
}

export const textOf = (all: readonly ReportedOrder[] = orders) => all.map(orderLine).join("");
export const logText = (lines: readonly string[] = logLines) => lines.map((line) => `${line}\n`).join("");
export const sign = (statement: object, by: SigningKey = key): SignedStatement =>
  signStatement(by, statement);
export const bundleOf = (report: object = reportOf(), more: object = {}) => ({
  report: sign(report),
  orders: textOf(),
  log: logText(),
  ...more,
});

/** Runs the script as anybody would, on files of its own. */
export function verifyEvidence(file: unknown, keys: unknown = keysOf(key), ownReceipt?: unknown) {
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const write = (name: string, value: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
    return path;
  };
  try {
    const words = [write("file.json", file), "--keys", write("keys.json", keys)];
    if (ownReceipt !== undefined) words.push("--receipt", write("receipt.json", ownReceipt));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: "utf8" });
    return { status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
