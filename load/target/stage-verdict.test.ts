import { expect, test } from "vitest";
import type { ClientAnswer } from "../verdict/client-answer.ts";
import { buyerOf } from "./stage-sessions.ts";
import { formatStageVerdict, judgeStage, type StageFacts } from "./stage-verdict.ts";

const row = (n: number) =>
  ({
    orderId: `ord_${n}`,
    buyerId: `byr_${n}`,
    unitsLeft: 1,
    state: "confirmed",
  }) as StageFacts["orders"][number];
const answer = (n: number, changes: Partial<ClientAnswer> = {}) =>
  ({
    buyerId: `byr_${n}`,
    key: `key-${n}`,
    quantity: 1,
    status: 202,
    kind: "accepted",
    orderId: `ord_${n}`,
    place: n,
    orderQuantity: 1,
    sentAtMs: 0,
    answeredAtMs: 1,
    ...changes,
  }) as ClientAnswer;
const nothing = { orderId: null, place: null, orderQuantity: null };
const soldOut = answer(3, { ...nothing, status: 409, kind: "sold_out" });
const facts: StageFacts = {
  stock: { allocated: 2, available: 0, held: 0, sold: 2, withheld: 0 },
  orders: [row(1), row(2)],
  report: {
    identities: [{ name: "gate and ledger", left: 2, right: 2, holds: true }],
    differences: [],
    driftUnits: 0,
    inFlight: 0,
    unpaid: 0,
    undecided: 0,
    rejected: 0,
    deadLetters: 0,
    revenue: null,
  },
};
const log = [answer(1), answer(2), soldOut];
const lawsOf = (changed: Partial<StageFacts>, answers = log) =>
  judgeStage({ ...facts, ...changed }, answers).map(({ law }) => law);

test("a stage that tells the same as its buyers were told breaks no law", () => {
  expect(judgeStage(facts, log)).toEqual([]);
  expect(formatStageVerdict(facts, log, [])).toContain("EQUAL: what buyers were told is what the stage has");
});

test.each<[string, Partial<StageFacts>, readonly ClientAnswer[], string[]]>([
  ["stock that does not add up", { stock: { ...facts.stock, held: 1 } }, log, ["conservation"]],
  ["a sold unit without a row", { orders: [row(1)] }, log, ["one_truth", "one_truth"]],
  ["a row that nobody was told of", {}, [answer(1), soldOut], ["one_truth"]],
  [
    "two orders of one buyer",
    { orders: [row(1), { ...row(2), buyerId: row(1).buyerId }] },
    log,
    ["one_per_buyer"],
  ],
  [
    "an intent without an end",
    {},
    [...log, answer(4, { ...nothing, kind: "outcome_unknown" })],
    ["unresolved"],
  ],
  [
    "sold_out while a unit is left",
    { stock: { ...facts.stock, allocated: 3, available: 1 } },
    log,
    ["untrue"],
  ],
  ["an order under way", { report: { ...facts.report, inFlight: 1 } }, log, ["settled"]],
  [
    "what the stage itself finds",
    {
      report: {
        ...facts.report,
        identities: [{ name: "gate and ledger", left: 2, right: 1, holds: false }],
        differences: [{ orderId: row(1).orderId, quantity: 1, kind: "gate_only", requestId: null }],
      },
    },
    log,
    ["one_truth", "one_truth"],
  ],
])("%s is found", (_name, changed, answers, laws) => {
  expect(lawsOf(changed, [...answers])).toEqual(laws);
  expect(formatStageVerdict(facts, log, judgeStage({ ...facts, ...changed }, answers))).toContain(
    "NOT EQUAL:",
  );
});

test("a session says whose it is", () => {
  const payload = Buffer.from(JSON.stringify({ sub: "byr_1" })).toString("base64url");
  expect(buyerOf(`header.${payload}.signature`)).toBe("byr_1");
});
