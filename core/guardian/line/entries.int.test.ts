import { describe, expect, test } from "vitest";
import { testStores } from "../../../tests/support/stores.ts";
import { aRoom, testDrawnLine } from "../../../tests/support/test-drawn-line.ts";
import { testLine, testSigner } from "../../../tests/support/test-line.ts";
import { aBuyer } from "../../../tests/support/test-sale.ts";
import { type Clock, systemClock } from "../../clock.ts";
import type { BuyerId, SaleId } from "../../ids.ts";
import { buyerEntries } from "../../line/buyer-entries.ts";
import { joinLine } from "../../line/join.ts";
import { leaveLine } from "../../line/leave.ts";
import { type LineState, readListOf } from "../../line/line-state.ts";
import { hasLeft } from "../../line/withdrawn.ts";
import { issueTicket, receiptOf } from "../../line/ticket.ts";
import { rankIn } from "../../line/turns.ts";

const at = testLine(await testStores());
const { drawn } = testDrawnLine(at);
const anHourAhead = () => Date.now() + 3_600_000;

describe("joining a line", () => {
  test("is once for a buyer and list, and the same on every device", async () => {
    const saleId = await at.makeSale(aRoom(anHourAhead()), anHourAhead());
    const buyerId = aBuyer();
    const asked = { saleId, buyerId, quantity: 2, language: "en" } as const;
    const both = await Promise.all([joinLine(at.joining, asked), joinLine(at.joining, asked)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["joined", "present"]);
    const [first, second] = both as { receipt: unknown; ticket: string }[];
    expect(first?.receipt).toEqual(second?.receipt);
    expect(await at.joins.ofBuyer(saleId, buyerId, 0)).toHaveLength(1);
  });

  test("is refused in a sale without a line, and for more units than a buyer may have", async () => {
    const saleId = await at.makeSale({ kind: "open" }, Date.now());
    const asked = { saleId, buyerId: aBuyer(), quantity: 1, language: "en" } as const;
    expect(await joinLine(at.joining, asked)).toEqual({ kind: "no_line" });
    const withLine = await at.makeSale(aRoom(anHourAhead()), anHourAhead());
    expect(await joinLine(at.joining, { ...asked, saleId: withLine, quantity: 3 })).toEqual({
      kind: "over_limit",
      purchaseLimit: 2,
    });
  });

  test("that is not answered in time says that nobody knows", async () => {
    const saleId = await at.makeSale(aRoom(anHourAhead()), anHourAhead());
    const lines = {
      lineOf: async (id: SaleId) => ({ state: await at.logs.read(id), ageMs: () => 4_001 }),
    };
    const asked = { saleId, buyerId: aBuyer(), quantity: 1, language: "en" } as const;
    expect(await joinLine({ ...at.joining, lines }, asked)).toEqual({ kind: "join_unknown" });
  });
});

describe("an entry", () => {
  test("that came after its list was read is not shown as standing", async () => {
    const { saleId, people } = await drawn(aRoom, [1]);
    const of = {
      list: 0,
      lane: 0,
      why: null,
      language: "en",
      quantity: 1,
      salt: Buffer.alloc(16, 7),
    } as const;
    const late = { buyerId: aBuyer(), ...of };
    await at.joins.put(saleId, late);
    const state = await at.logs.read(saleId);
    const facts = { nowMs: Date.now(), inside: null, available: null, startsAtMs: null };
    const entriesOf = (buyerId: BuyerId) => buyerEntries(at, saleId, buyerId, state, facts);
    expect(await entriesOf(late.buyerId)).toEqual([]);
    // Whoever reads the log would look for its leaf in vain.
    await leaveLine({ ...at, nowMs: Date.now }, saleId, late.buyerId);
    expect((await at.logs.read(saleId)).withdrawn.count).toBe(0);
    expect(await entriesOf(people[0]!.buyerId)).toMatchObject([{ state: "waiting", step: null }]);
  });
});

test("a guardian that was frozen while it closed a list waits for whoever joined meanwhile", async () => {
  const nowMs = Date.now();
  const saleId = await at.makeSale(aRoom(nowMs), nowMs - 20_000);
  await at.join(saleId);
  let frozenMs = 0;
  const clock: Clock = { nowMs: systemClock.nowMs, monotonicMs: () => systemClock.monotonicMs() + frozenMs };
  const [hasBegun, hasLooked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const put: typeof at.joins.put = async (...entry) => {
    hasBegun.resolve();
    await hasLooked.promise;
    return at.joins.put(...entry);
  };
  const join = () =>
    joinLine(
      { ...at.joining, joins: { ...at.joins, put } },
      { saleId, buyerId: aBuyer(), quantity: 1, language: "en" },
    );
  let joining: ReturnType<typeof join> | undefined;
  const append: typeof at.logs.append = async (id, state, news, atMs) => {
    if (news.kind === "closing") {
      frozenMs = 20_000;
      joining = join();
      await hasBegun.promise;
    }
    return at.logs.append(id, state, news, atMs);
  };
  const guardian = at.guardian({ logs: { ...at.logs, append }, clock });
  await at.look(guardian, saleId, nowMs - 59_000);
  hasLooked.resolve();
  const joined = await joining!;
  if (joined.kind !== "joined") throw new Error(joined.kind);
  frozenMs = 0;
  const state = await at.look(guardian, saleId, nowMs - 30_000);
  expect(await at.files.hasLeaf(saleId, readListOf(state, 0)!, joined.receipt.leaf)).toBe(true);
});

describe("leaving a list that has just closed", () => {
  test("by two devices at once names no leaf in the log that stands in no list", async () => {
    const nowMs = Date.now();
    const saleId = await at.makeSale(aRoom(nowMs), nowMs - 20_000);
    const [{ buyerId }] = [await at.join(saleId), await at.join(saleId)];
    const guardian = at.guardian();
    const leave = (joins: Pick<typeof at.joins, "ofBuyer" | "remove"> = at.joins) =>
      leaveLine({ ...at, joins, nowMs: () => nowMs - 58_000 }, saleId, buyerId);
    const replies: string[] = [];
    // The first device has read the log before the list closes, and takes the entry out after it.
    const remove: typeof at.joins.remove = async (...entry) => {
      await at.look(guardian, saleId, nowMs - 59_000);
      replies.push(await leave());
      await at.joins.remove(...entry);
    };
    replies.push(await leave({ ...at.joins, remove }));
    const { lists, withdrawn } = await at.look(guardian, saleId, nowMs - 50_000);
    expect(lists[0]?.root?.lane0, "the entry is not in the list").toBe(1);
    expect(withdrawn.count, "so the log must not name it").toBe(0);
    expect([...replies, await leave()]).toEqual(["unread", "left", "no_entry"]);
  });

  test("leaves it once it is read", async () => {
    const nowMs = Date.now();
    const saleId = await at.makeSale(aRoom(nowMs), nowMs - 20_000);
    const { buyerId, receipt } = await at.join(saleId);
    const guardian = at.guardian();
    const leave = () => leaveLine({ ...at, nowMs: () => nowMs - 50_000 }, saleId, buyerId);
    await at.look(guardian, saleId, nowMs - 59_000);
    expect(await leave()).toBe("unread");
    await at.look(guardian, saleId, nowMs - 50_000);
    expect([await leave(), await leave()]).toEqual(["left", "left"]);
    expect(hasLeft((await at.logs.read(saleId)).withdrawn, receipt.leaf)).toBe(true);
  });
});

test("a device that leaves late takes out the entry that it saw, and not the next one", async () => {
  const saleId = await at.makeSale(aRoom(anHourAhead()), anHourAhead());
  const { buyerId } = await at.join(saleId);
  const leave = (joins: Pick<typeof at.joins, "ofBuyer" | "remove"> = at.joins) =>
    leaveLine({ ...at, joins, nowMs: Date.now }, saleId, buyerId);
  const remove: typeof at.joins.remove = async (...entry) => {
    await leave();
    await at.join(saleId, 1, buyerId);
    await at.joins.remove(...entry);
  };
  await leave({ ...at.joins, remove });
  expect(await at.joins.ofBuyer(saleId, buyerId, 0)).toHaveLength(1);
});

describe("a ticket that was looked up before its list was read", () => {
  test("is worth a turn if the entry stands in the list, and none if it came too late", async () => {
    const nowMs = Date.now();
    const saleId = await at.makeSale(aRoom(nowMs), nowMs - 20_000, { allocated: 10 });
    const people = [await at.join(saleId), await at.join(saleId)];
    const guardian = at.guardian();
    const unread = await at.look(guardian, saleId, nowMs - 59_000);
    await at.look(guardian, saleId, nowMs - 50_000);
    await at.bringRound(saleId, 0);
    await at.look(guardian, saleId, nowMs - 30_000);
    for (const agoMs of [19_000, 18_000]) await at.look(guardian, saleId, nowMs - agoMs);
    const state = await at.logs.read(saleId);
    const late = lateEntry(saleId, state);
    await at.joins.put(saleId, late);

    const facts = { nowMs, inside: null, available: null, startsAtMs: null };
    const turnOf = async (buyerId: BuyerId) => {
      const [found] = await buyerEntries(at, saleId, buyerId, unread, facts);
      return at.turnOf(saleId, buyerId, issueTicket(testSigner, found!.receipt, found!.isUnread));
    };
    expect(await turnOf(people[0]!.buyerId)).toMatchObject({ kind: "reached" });
    expect(await turnOf(late.buyerId)).toEqual({ kind: "not_your_turn", reason: "not_drawn" });
  });
});

/** An entry that nobody has read, and whose lot would lie among those whose turn it is. */
function lateEntry(saleId: SaleId, state: LineState) {
  const buyerId = aBuyer();
  for (let byte = 0; ; byte++) {
    const entry = {
      buyerId,
      list: 0,
      lane: 0 as const,
      why: null,
      language: "en" as const,
      quantity: 1,
      salt: Buffer.alloc(16, byte),
    };
    if (rankIn(state, receiptOf(saleId, entry))! <= state.upTo) return entry;
  }
}
