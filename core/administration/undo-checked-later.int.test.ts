import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testLine } from "../../tests/support/test-line.ts";
import { aBuyer, anActor } from "../../tests/support/test-sale.ts";
import type { DemotionReason } from "../contract/demotion.ts";
import type { SaleId } from "../ids.ts";
import { checkedLater } from "../line/checked-later.ts";
import { leaveLine } from "../line/leave.ts";
import { readListOf } from "../line/line-state.ts";
import { auditOf } from "../sale/audit.postgres.ts";
import { undoCheckedLater } from "./undo-checked-later.ts";

const stores = await testStores();
const at = testLine(stores);
const iso = (ms: number) => new Date(ms).toISOString();
const addresses = { buyerOf: async () => null, of: async () => new Map() };
const deps = { ...at, addresses };

/** List 0 has been due for a minute; it is open until a guardian looks. */
async function anOpenList() {
  const nowMs = Date.now();
  const mode = {
    kind: "waiting_room",
    closesAt: iso(nowMs - 60_000),
    listSeconds: 10,
    turnSeconds: 300,
    admissionsPerSecond: 100,
    mostInside: 1_000,
  } as const;
  const saleId = await at.makeSale(mode, nowMs - 20_000, { allocated: 10 });
  return { saleId, nowMs };
}
const demote = (saleId: SaleId, why: DemotionReason) => at.join(saleId, 1, aBuyer(), why);
const undo = (saleId: SaleId, why: DemotionReason, list = 0) =>
  undoCheckedLater(deps, saleId, { list, why }, anActor);
const numbers = async (saleId: SaleId) => checkedLater(at.joins, saleId, await at.logs.read(saleId));

async function close(saleId: SaleId, nowMs: number) {
  const guardian = at.guardian();
  await at.look(guardian, saleId, nowMs - 59_000);
  await at.look(guardian, saleId, nowMs - 50_000);
  return guardian;
}

async function letIn(saleId: SaleId, nowMs: number) {
  const guardian = await close(saleId, nowMs);
  await at.bringRound(saleId, 0);
  for (const agoMs of [30_000, 19_000, 18_000]) await at.look(guardian, saleId, nowMs - agoMs);
  return at.logs.read(saleId);
}

describe("undoing lane 1", () => {
  test("moves all of a reason, and nobody else", async () => {
    const { saleId, nowMs } = await anOpenList();
    const [network, burst] = [await demote(saleId, "network"), await demote(saleId, "burst")];
    await at.join(saleId);
    expect(network.receipt.lane).toBe(1);
    expect(await undo(saleId, "network")).toEqual({ kind: "undone" });
    expect(await numbers(saleId)).toMatchObject({ list: 0, isOpen: true, entries: 3, lane1: 1 });
    const again = await at.join(saleId, 1, network.buyerId, "network");
    expect([again.kind, again.receipt.lane]).toEqual(["present", 0]);
    expect((await at.join(saleId, 1, burst.buyerId)).receipt.lane).toBe(1);
    await close(saleId, nowMs);
    expect((await at.logs.read(saleId)).lists[0]!.root).toMatchObject({ lane0: 2, lane1: 1 });
  });

  test("moves one buyer by their address", async () => {
    const { saleId } = await anOpenList();
    const [first, other] = [await demote(saleId, "network"), await demote(saleId, "network")];
    const plain = await at.join(saleId);
    const of = (buyerId: typeof first.buyerId | null) => ({
      ...deps,
      addresses: { buyerOf: async () => buyerId },
    });
    const request = { list: 0, email: "somebody@example.com" };
    expect(await undoCheckedLater(of(first.buyerId), saleId, request, anActor)).toEqual({ kind: "undone" });
    expect(await undoCheckedLater(of(plain.buyerId), saleId, request, anActor)).toEqual({
      kind: "not_demoted",
    });
    expect(await undoCheckedLater(of(null), saleId, request, anActor)).toEqual({ kind: "no_entry" });
    expect(await undoCheckedLater(of(aBuyer()), saleId, request, anActor)).toEqual({ kind: "no_entry" });
    expect((await at.joins.find(saleId, 0, other.buyerId))?.lane).toBe(1);
    expect((await numbers(saleId)).reasons).toEqual([
      { why: "network", entries: 2, undone: 1, isUndone: false },
    ]);
  });

  test("twice is once; who wished it is in the audit log each time", async () => {
    const { saleId } = await anOpenList();
    await demote(saleId, "address");
    expect(await undo(saleId, "address")).toEqual({ kind: "undone" });
    expect(await undo(saleId, "address")).toEqual({ kind: "undone" });
    expect((await numbers(saleId)).reasons).toEqual([
      { why: "address", entries: 1, undone: 1, isUndone: true },
    ]);
    const wishes = (await auditOf(at.db, addresses, saleId)).filter(
      ({ action }) => action === "lane_undo_wished",
    );
    expect(wishes.map(({ after }) => after)).toEqual([
      { list: 0, lane: 0, why: "address" },
      { list: 0, lane: 0, why: "address" },
    ]);
  });

  test("of another list than the open one changes nothing", async () => {
    const { saleId } = await anOpenList();
    await demote(saleId, "burst");
    expect(await undo(saleId, "burst", 1)).toEqual({ kind: "too_late" });
    expect((await numbers(saleId)).lane1).toBe(1);
  });

  test("loses against the closing, also when the log was read before it", async () => {
    const { saleId, nowMs } = await anOpenList();
    const late = await demote(saleId, "burst");
    const before = await at.logs.read(saleId);
    await at.look(at.guardian(), saleId, nowMs - 59_000);
    expect((await at.logs.read(saleId)).lists[0]!.root).toBeNull();
    const stale = { ...deps, logs: { read: async () => before } };
    const request = { list: 0, why: "burst" } as const;
    expect(await undoCheckedLater(stale, saleId, request, anActor)).toEqual({ kind: "too_late" });
    expect(await undo(saleId, "burst")).toEqual({ kind: "too_late" });
    expect((await at.joins.find(saleId, 0, late.buyerId))?.lane).toBe(1);
  });

  test("raced by the closing: whatever it answered is what the list says", async () => {
    const { saleId, nowMs } = await anOpenList();
    const person = await demote(saleId, "network");
    const [outcome] = await Promise.all([
      undo(saleId, "network"),
      at.look(at.guardian(), saleId, nowMs - 59_000),
    ]);
    await close(saleId, nowMs);
    const { lane0 } = (await at.logs.read(saleId)).lists[0]!.root!;
    expect(outcome.kind).toBe(lane0 === 1 ? "undone" : "too_late");
    const { leaf } = (await at.join(saleId, 1, person.buyerId)).receipt;
    const found = (await at.joins.ofBuyer(saleId, person.buyerId, 0))[0]!;
    expect(found.lane).toBe(lane0 === 1 ? 0 : 1);
    expect(leaf).not.toBe("");
  });

  test("the ticket from before still buys, with the entry as it stands in the list", async () => {
    const { saleId, nowMs } = await anOpenList();
    const person = await demote(saleId, "network");
    await undo(saleId, "network");
    await letIn(saleId, nowMs);
    const turn = await at.turnOf(saleId, person.buyerId, person.ticket);
    if (turn.kind !== "reached") throw new Error(turn.reason);
    expect(turn.turn.rank.startsWith("00000000.0.")).toBe(true);
    const list = readListOf(await at.logs.read(saleId), 0);
    expect(await at.files.hasLeaf(saleId, list!, turn.turn.leaf)).toBe(true);
  });
});

test("whoever joins and leaves an open list again and again has one entry, however many tickets", async () => {
  const { saleId, nowMs } = await anOpenList();
  for (let i = 0; i < 8; i++) await at.join(saleId);
  const buyerId = aBuyer();
  const leave = (who: typeof buyerId) => leaveLine({ ...at, nowMs: () => nowMs }, saleId, who);
  const gone = await at.join(saleId);
  await leave(gone.buyerId);
  const tickets: string[] = [];
  for (let i = 0; i < 10; i++) {
    tickets.push((await at.join(saleId, 1, buyerId)).ticket);
    await leave(buyerId);
  }
  const { receipt } = await at.join(saleId, 1, buyerId);
  await letIn(saleId, nowMs);
  const turns = await Promise.all(tickets.map((ticket) => at.turnOf(saleId, buyerId, ticket)));
  const reached = turns.filter((turn) => turn.kind === "reached");
  // That all ten lots lie behind those of nine others happens once in 90,000 runs.
  expect(new Set(reached.map(({ turn }) => turn.leaf))).toEqual(new Set([receipt.leaf]));
  expect((await at.turnOf(saleId, gone.buyerId, gone.ticket)).kind).toBe("not_your_turn");
});
