import { describe, expect, test, vi } from "vitest";
import { signStatement } from "../../core/evidence/signing-key.ts";
import {
  bundleOf,
  key,
  keysOf,
  logLines,
  logText,
  orders,
  receipt,
  reportOf,
  sign,
  strangersKey,
  textOf,
  verifyEvidence,
} from "./world.ts";

vi.setConfig({ testTimeout: 30_000 });

/** The script must refuse it, and say this. */
function expectWrong(sentence: string, ...given: Parameters<typeof verifyEvidence>): void {
  const { status, stdout, stderr } = verifyEvidence(...given);
  expect({ status, isRight: stdout.includes("RIGHT") }).toEqual({ status: 1, isRight: false });
  expect(stderr).toMatch(/^(WRONG|UNREADABLE)/);
  expect(stderr).toContain(sentence);
}

const flip = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = sign(receipt);

const resigned = (change: object) => sign({ ...receipt, ...change });
describe("a receipt that was tampered with", () => {
  const { protected: header, payload, signature } = signed;
  test.each<[string, string, unknown]>([
    ["a byte of what it says", "signature does not fit", { ...signed, payload: flip(payload, 40) }],
    [
      "another place, with the old signature",
      "signature does not fit",
      { ...signed, payload: encode({ ...receipt, place: 2 }) },
    ],
    ["a byte of the signature", "", { ...signed, signature: flip(signature, 5) }],
    [
      "the signature of another receipt",
      "signature does not fit",
      { ...signed, signature: sign({ ...receipt, place: 2 }).signature },
    ],
    [
      "a stranger's signature under our key's name",
      "signature does not fit",
      { ...signStatement({ ...strangersKey, kid: key.kid }, receipt) },
    ],
    ["a stranger's key", "never published", sign(receipt, strangersKey)],
    [
      "no algorithm",
      "which is not EdDSA",
      { protected: encode({ alg: "none", kid: key.kid }), payload, signature },
    ],
    [
      "another spelling of the same bytes",
      "not spelled",
      {
        ...signed,
        signature: `${signature.slice(0, -1)}${signature.endsWith("A") ? "B" : String.fromCodePoint(signature.codePointAt(signature.length - 1)! + 1)}`,
      },
    ],
    ["something beside what was signed", "nothing else", { ...signed, place: 1 }],
    ["no signature", "nothing else", { protected: header, payload }],
    ["no JSON", "no JSON", "receipt"],
  ])("%s", (_what, sentence, file) => expectWrong(sentence, file));

  test.each<[string, string, unknown]>([
    ["an order of another sale", "of another sale", resigned({ orderId: "ord_01J9ZQ4Z70AAAAAAAA00000001" })],
    ["more units left than it was for", "more units are left", resigned({ unitsLeft: 3 })],
    ["a state that there is none of", "state is no such thing", resigned({ state: "paid" })],
    ["dated before its order", "older than its order", resigned({ reservedAt: "2026-11-28T00:00:00.000Z" })],
    [
      "dated before its key",
      "before its key was first used",
      resigned({ issuedAt: "2026-11-27T07:00:00.000Z", reservedAt: "2026-11-27T06:00:00.000Z" }),
    ],
    [
      "a statement of no known kind",
      "statement is no such thing",
      resigned({ statement: "flash-sale/receipt/2" }),
    ],
    ["a field too many", "nothing else", resigned({ paid: true })],
  ])("signed all the same: %s", (_what, sentence, file) => expectWrong(sentence, file));
});

describe("a set of keys that was tampered with", () => {
  const [published] = keysOf(key).keys;
  test.each<[string, string, unknown]>([
    ["the key is left out", "never published", keysOf(strangersKey)],
    [
      "another key under its name",
      "bears another key's name",
      { keys: [{ ...published, x: strangersKey.x }] },
    ],
    [
      "the key was revoked",
      "was revoked",
      { keys: [{ ...published, revokedAt: "2026-11-28T00:00:00.000Z" }] },
    ],
    ["whether it was revoked is left out", "was revoked", { keys: [{ ...published, revokedAt: undefined }] }],
    ["another kind of key", "no Ed25519 key", { keys: [{ ...published, crv: "X25519" }] }],
    ["no set at all", "has no keys", {}],
  ])("%s", (_what, sentence, keys) => expectWrong(sentence, signed, keys));
});

const changed = (change: object) => ({ ...orders[0]!, ...change });
const withLine = (change: object) => textOf([changed(change), ...orders.slice(1)]);

describe("a report that was tampered with", () => {
  const said = reportOf();
  test.each<[string, string, unknown]>([
    [
      "a count, with the old signature",
      "signature does not fit",
      {
        ...bundleOf(),
        report: { ...sign(said), payload: encode({ ...said, counts: { ...said.counts, sold: 1 } }) },
      },
    ],
    [
      "units of an order",
      "not the one that was signed",
      bundleOf(said, { orders: withLine({ unitsLeft: 1 }) }),
    ],
    [
      "the state of an order",
      "not the one that was signed",
      bundleOf(said, { orders: withLine({ state: "rejected" }) }),
    ],
    [
      "the place of an order",
      "not the one that was signed",
      bundleOf(said, { orders: withLine({ place: 9 }) }),
    ],
    [
      "an order is left out",
      "there are 2 orders, and 3 were signed",
      bundleOf(said, { orders: textOf(orders.slice(1)) }),
    ],
    [
      "an order is added",
      "there are 4 orders",
      bundleOf(said, {
        orders: textOf([...orders, { ...orders[2]!, orderId: orders[2]!.orderId.replace(/3$/, "4") }]),
      }),
    ],
    ["an order twice", "listed twice", bundleOf(said, { orders: textOf([orders[0]!, ...orders]) })],
    [
      "orders are moved",
      "out of order",
      bundleOf(said, { orders: textOf([orders[1]!, orders[0]!, orders[2]!]) }),
    ],
    ["the list is missing", "list of orders is missing", bundleOf(said, { orders: null })],
    ["a line that is none", "no line of an order", bundleOf(said, { orders: `${textOf()}x\n` })],
    [
      "a line of the log",
      "does not follow",
      bundleOf(said, { log: logText([logLines[0]!.replace("rules", "other"), ...logLines.slice(1)]) }),
    ],
    [
      "the last line of the log",
      "not the one that was signed",
      bundleOf(said, { log: logText([...logLines.slice(0, 2), logLines[2]!.replace("ended", "other")]) }),
    ],
    [
      "the log's end is cut off",
      "the log has 2 lines, and 3 were signed",
      bundleOf(said, { log: logText(logLines.slice(0, 2)) }),
    ],
    ["the log is missing", "log of the line is missing", bundleOf(said, { log: null })],
    ["something beside it", "nothing else", { ...bundleOf(said), note: "fine" }],
    ["the statement alone", "without its list of orders", sign(said)],
  ])("%s", (_what, sentence, file) => expectWrong(sentence, JSON.parse(JSON.stringify(file))));

  const counts = (change: object) => reportOfCounts({ ...said.counts, ...change });
  const reportOfCounts = (all: object) => bundleOf({ ...said, counts: all });
  test.each<[string, string, unknown]>([
    ["another number sold than its orders make", "the orders make 2 sold", counts({ sold: 1 })],
    ["another number withheld", "the orders make 1 withheld", counts({ withheld: 0 })],
    [
      "another number of a state",
      "the orders make 1 rejected",
      counts({ byState: { ...said.counts.byState, rejected: 0 } }),
    ],
    ["more sold than allocated", "more than 2 allocated", counts({ allocated: 2 })],
    [
      "an identity that is called right and is not",
      "it says of",
      bundleOf({ ...said, identities: [{ name: "sold", left: 1, right: 2, holds: true }] }),
    ],
    [
      "an identity that is broken",
      "stores disagreed",
      bundleOf({ ...said, identities: [{ name: "sold", left: 1, right: 2, holds: false }] }),
    ],
    ["a line without its log", "a log if it has a line", bundleOf({ ...said, log: null }, { log: null })],
    [
      "a list of another sale",
      "is of another sale",
      bundleOf({ ...said, saleId: "sale_01J9ZQ4Z6XWT9YV3W3AAAAAAAA" }),
    ],
  ])("signed all the same: %s", (_what, sentence, file) => expectWrong(sentence, file));
});

const own = (change: object) => sign({ ...receipt, ...change });
const missing = receipt.orderId.replace(/1$/, "9");
const openSale = bundleOf({ ...reportOf(), closedAt: null });
describe("a receipt and a report that do not fit", () => {
  test.each(["accepted", "held", "authorised", "confirmed", "rejected", "failed", "expired", "cancelled"])(
    "the order is missing from the report of a closed sale, and was %s",
    (state) => expectWrong("is not in the report", bundleOf(), keysOf(key), own({ orderId: missing, state })),
  );

  test.each(["confirmed", "returned", "refunded"])(
    "the order was %s, and is missing from a later report of a sale that goes on",
    (state) => expectWrong("is not in the report", openSale, keysOf(key), own({ orderId: missing, state })),
  );

  test.each<[string, string, unknown]>([
    ["the order is missing", "is not in the report", own({ orderId: receipt.orderId.replace(/1$/, "9") })],
    ["another place", "the receipt says place 7", own({ place: 7 })],
    ["another quantity", "the receipt says quantity 3", own({ quantity: 3 })],
    ["another sale", "of another sale", own({ saleId: "sale_01J9ZQ4Z6XWT9YV3W3AAAAAAAA" })],
    ["a receipt of a stranger", "never published", sign(receipt, strangersKey)],
  ])("%s", (_what, sentence, ownReceipt) => expectWrong(sentence, bundleOf(), keysOf(key), ownReceipt));
});
