import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testLine, testSigner } from "../../tests/support/test-line.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import type { SaleMode } from "../contract/sale-mode.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { buyerEntries } from "../line/buyer-entries.ts";
import type { Comparison } from "../reconciliation/compare-stores.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import { publishDuty } from "./duties/publish-duty.ts";
import { gateKeys } from "../gate/keys.ts";
import { guardedSales } from "./guarded-sales.postgres.ts";
import { leaveLine } from "../line/leave.ts";
import { joinLine } from "../line/join.ts";
import type { LineState } from "../line/line-state.ts";
import { parseLine } from "../line/log-line.ts";
import { issueTicket, receiptOf } from "../line/ticket.ts";
import { rankIn } from "../line/turns.ts";

const stores = await testStores();
const at = testLine(stores);
const iso = (ms: number) => new Date(ms).toISOString();

const room = (nowMs: number, more = {}): SaleMode => ({
  kind: "waiting_room",
  closesAt: iso(nowMs - 60_000),
  listSeconds: 10,
  turnSeconds: 300,
  admissionsPerSecond: 100,
  mostInside: 1_000,
  ...more,
});
const draw = (nowMs: number): Extract<SaleMode, { kind: "draw" }> => ({
  kind: "draw",
  closesAt: iso(nowMs - 60_000),
  resultAt: iso(nowMs - 45_000),
  turnSeconds: 300,
});

const fleeting = (nowMs: number): SaleMode => ({ ...draw(nowMs), turnSeconds: 30 });

const slow = (nowMs: number) => room(nowMs, { admissionsPerSecond: 1, mostInside: 4 });

const kindsOf = async (saleId: SaleId) =>
  (await at.logs.texts(saleId, 0)).map((text) => parseLine(text).kind);

/** A line whose list 0 has been drawn, seconds before an instant that is now or so long ago. */
async function drawn(mode: (nowMs: number) => SaleMode, quantities: readonly number[], more = {}, agoMs = 0) {
  const nowMs = Date.now() - agoMs;
  const saleId = await at.makeSale(mode(nowMs), nowMs - 20_000, more);
  const people = [];
  for (const quantity of quantities) people.push(await at.join(saleId, quantity));
  const guardian = at.guardian();
  await at.look(guardian, saleId, nowMs - 59_000);
  await at.look(guardian, saleId, nowMs - 50_000);
  await at.bringRound(saleId, 0);
  await at.look(guardian, saleId, nowMs - 30_000);
  return { saleId, people, guardian, nowMs };
}

type Person = Awaited<ReturnType<typeof at.join>>;
async function buy(saleId: SaleId, { buyerId, ticket, receipt }: Person, quantity = receipt.quantity) {
  const turn = await at.turnOf(saleId, buyerId, ticket);
  if (turn.kind !== "reached") return turn;
  return at.reserve(saleId, { buyerId, quantity, turn: turn.turn });
}
const outcomes = async (saleId: SaleId, people: readonly Person[]) => {
  const kinds: string[] = [];
  for (const person of people) kinds.push((await buy(saleId, person)).kind);
  return kinds.toSorted();
};

describe("joining", () => {
  test("is once for a buyer and list, and the same on every device", async () => {
    const saleId = await at.makeSale(room(Date.now() + 3_600_000), Date.now() + 3_600_000);
    const buyerId = aBuyer();
    const asked = { saleId, buyerId, quantity: 2, language: "en" } as const;
    const both = await Promise.all([joinLine(at.joining, asked), joinLine(at.joining, asked)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["joined", "present"]);
    const [one, other] = both as { receipt: unknown; ticket: string }[];
    expect(one?.receipt).toEqual(other?.receipt);
    expect(await at.joins.ofBuyer(saleId, buyerId, 0)).toHaveLength(1);
  });

  test("is refused in a sale without a line, and for more units than a buyer may have", async () => {
    const saleId = await at.makeSale({ kind: "open" }, Date.now());
    const asked = { saleId, buyerId: aBuyer(), quantity: 1, language: "en" } as const;
    expect(await joinLine(at.joining, asked)).toEqual({ kind: "no_line" });
    const withLine = await at.makeSale(room(Date.now() + 3_600_000), Date.now() + 3_600_000);
    expect(await joinLine(at.joining, { ...asked, saleId: withLine, quantity: 3 })).toEqual({
      kind: "over_limit",
      purchaseLimit: 2,
    });
  });

  test("that is not answered in time says that nobody knows", async () => {
    const saleId = await at.makeSale(room(Date.now() + 3_600_000), Date.now() + 3_600_000);
    const lines = {
      lineOf: async (id: SaleId) => ({ state: await at.logs.read(id), ageMs: () => 4_001 }),
    };
    const asked = { saleId, buyerId: aBuyer(), quantity: 1, language: "en" } as const;
    expect(await joinLine({ ...at.joining, lines }, asked)).toEqual({ kind: "join_unknown" });
  });
});

describe("a waiting room", () => {
  test("closes, is read, waits for its round, is drawn, and lets people in; everybody's rank follows from the log", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(room, [1, 1, 1, 1]);
    expect(await kindsOf(saleId)).toEqual(["rules", "settings", "closing", "root", "key"]);
    expect((await at.turnOf(saleId, people[0]!.buyerId, people[0]!.ticket)).kind).toBe("not_your_turn");
    await at.look(guardian, saleId, nowMs - 19_000);
    const state = await at.look(guardian, saleId, nowMs - 18_000);
    expect(state.steps[0]).toMatchObject({ step: 1, after: "", people: 4 });
    const sold = await outcomes(saleId, people);
    expect(sold).toEqual(["reserved", "reserved", "reserved", "sold_out"]);
  });

  test("before its root is read nobody has a lot, and while the round is late nobody is let in", async () => {
    // Rounds are everybody's: another test may have brought those of this minute.
    const nowMs = Date.now() - 600_000;
    const saleId = await at.makeSale(room(nowMs), nowMs - 20_000);
    const person = await at.join(saleId);
    const guardian = at.guardian();
    await at.look(guardian, saleId, nowMs - 59_000);
    await at.look(guardian, saleId, nowMs - 52_000);
    expect(await kindsOf(saleId)).toEqual(["rules", "settings", "closing"]);
    await at.look(guardian, saleId, nowMs - 50_000);
    const state = await at.look(guardian, saleId, nowMs);
    expect(state.lists[0]).toMatchObject({ key: null, root: { lane0: 1 } });
    expect(state.steps).toEqual([]);
    expect((await at.beacon.needed()).rounds).toContain(state.lists[0]?.root?.round);
    expect(await at.turnOf(saleId, person.buyerId, person.ticket)).toMatchObject({ reason: "not_drawn" });
  });

  test("lets in no more than the pace, the cap and the stock allow", async () => {
    const { saleId, guardian, nowMs } = await drawn(
      slow,
      Array.from({ length: 9 }, () => 1),
    );
    const people = [];
    for (let second = 19; second > 9; second--) {
      const { steps } = await at.look(guardian, saleId, nowMs - second * 1_000);
      people.push(steps.reduce((sum, step) => sum + step.people, 0));
    }
    expect(people[0]).toBe(3);
    expect(people.at(-1)).toBe(4);
  });

  test("opens the next list for who comes later, behind everybody of the first", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(room, [1]);
    const late = await at.join(saleId);
    expect(late.receipt.list).toBe(1);
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 10_000);
    await at.bringRound(saleId, 1);
    // The signature is there before its time, as for a clock that is behind the beacon's: no key is older than its round.
    expect((await at.look(guardian, saleId, nowMs - 1_000)).lists[1]?.key).toBeNull();
    await at.look(guardian, saleId, nowMs + 8_000);
    await at.look(guardian, saleId, nowMs + 9_000);
    await at.look(guardian, saleId, nowMs + 10_000);
    const first = await at.turnOf(saleId, people[0]!.buyerId, people[0]!.ticket);
    const second = await at.turnOf(saleId, late.buyerId, late.ticket);
    expect([first, second]).toMatchObject([{ turn: { step: 1 } }, { turn: { step: 2 } }]);
  });

  test("ends once every unit is in an order, and nobody is let in after it", async () => {
    const { saleId, guardian, nowMs } = await drawn(room, [1, 1]);
    const stock = { allocated: 3, available: 0, held: 0, sold: 3, withheld: 0 };
    await at.look(guardian, saleId, nowMs - 19_000, { stock });
    expect(await kindsOf(saleId)).not.toContain("end");
    await at.look(guardian, saleId, nowMs - 18_000, { stock }, { sold: 3 });
    const state = await at.look(guardian, saleId, nowMs - 17_000, { stock });
    expect(state.end).toBe("sold_out");
    expect(state.steps).toEqual([]);
  });
});

describe("units that come back after a sell-out", () => {
  const soldOut = { sold: 3 };

  async function soldOutDraw() {
    const { saleId, people, guardian, nowMs } = await drawn(draw, [1, 1, 1, 1, 1], { allocated: 3 });
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    const orders = [];
    for (const person of people) {
      const reply = await buy(saleId, person);
      if (reply.kind === "reserved") orders.push(reply.reservation);
    }
    await at.gate.settle({ ...orders[0]!, unitsLeft: 1, unitsWithheld: 0 });
    const state = await at.look(guardian, saleId, nowMs - 17_000, { outboxLength: 0 }, soldOut);
    expect(state.end).toBe("sold_out");
    return { saleId, people, guardian, nowMs, orders };
  }

  test("go to the next in the order, and the line says before that it goes on", async () => {
    const { saleId, people, guardian, nowMs, orders } = await soldOutDraw();
    const still = { outboxLength: 0 };
    expect((await at.look(guardian, saleId, nowMs - 16_000, still, soldOut)).steps).toHaveLength(1);
    await at.gate.settle({ ...orders[0]!, unitsLeft: 0, unitsWithheld: 0 });
    const state = await at.look(guardian, saleId, nowMs - 15_000, still, { sold: 2 });
    expect(state.end).toBeNull();
    expect(state.steps.at(-1)).toMatchObject({ step: 2, people: 1 });
    expect((await kindsOf(saleId)).slice(-3)).toEqual(["end", "reopened", "step"]);
    await at.look(guardian, saleId, nowMs - 14_000, still, { sold: 2 });
    // Units that come back to a sold-out sale wait until nobody answers "sold out" from memory.
    await new Promise((resume) => setTimeout(resume, 1_600));
    const answers = await outcomes(saleId, people);
    expect(answers.filter((kind) => kind === "reserved")).toHaveLength(1);
  });

  test("of a sale that is given more time go on where the line was", async () => {
    const { saleId, guardian, nowMs } = await drawn(room, [1, 1]);
    const ended = await at.look(guardian, saleId, nowMs - 19_000, {}, { endsAtMs: nowMs - 19_500 });
    expect(ended).toMatchObject({ end: "ended", steps: [] });
    const state = await at.look(guardian, saleId, nowMs - 18_000);
    expect(state).toMatchObject({ end: null, steps: [{ step: 1, people: 2 }] });
  });

  test("go to nobody who left after the end, should the sale be given more time", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(draw, [1]);
    await at.look(guardian, saleId, nowMs - 19_000, {}, { endsAtMs: nowMs - 19_500 });
    const leave = () => leaveLine({ ...at, nowMs: () => nowMs - 18_500 }, saleId, people[0]!.buyerId);
    expect([await leave(), await leave()]).toEqual([true, true]);
    const state = await at.look(guardian, saleId, nowMs - 18_000);
    expect((await kindsOf(saleId)).slice(-3)).toEqual(["end", "withdrawn", "reopened"]);
    expect(state).toMatchObject({ end: null, steps: [] });
  });

  test("go to nobody once the sale has ended", async () => {
    const { saleId, guardian, nowMs, orders } = await soldOutDraw();
    await at.gate.settle({ ...orders[0]!, unitsLeft: 0, unitsWithheld: 0 });
    const over = { sold: 2, state: "ended" } as const;
    const state = await at.look(guardian, saleId, nowMs - 15_000, { outboxLength: 0 }, over);
    expect(state.end).toBe("sold_out");
    expect(state.steps).toHaveLength(1);
  });
});

describe("an entry", () => {
  test("that came after its list was read is not shown as standing", async () => {
    const { saleId, people } = await drawn(room, [1]);
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
    const facts = { nowMs: Date.now(), inside: null, available: null };
    const entriesOf = (buyerId: BuyerId) => buyerEntries(at, saleId, buyerId, state, facts);
    expect(await entriesOf(late.buyerId)).toEqual([]);
    // Whoever reads the log would look for its leaf in vain.
    await leaveLine({ ...at, nowMs: Date.now }, saleId, late.buyerId);
    expect((await at.logs.read(saleId)).withdrawn).toEqual(new Set());
    expect(await entriesOf(people[0]!.buyerId)).toMatchObject([{ state: "waiting", step: null }]);
  });
});

describe("a ticket that was looked up before its list was read", () => {
  test("is worth a turn if the entry stands in the list, and none if it came too late", async () => {
    const nowMs = Date.now();
    const saleId = await at.makeSale(room(nowMs), nowMs - 20_000, { allocated: 10 });
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

    const facts = { nowMs, inside: null, available: null };
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

describe("two guardians", () => {
  test("never fork a log, whoever looks when", async () => {
    const nowMs = Date.now();
    const saleId = await at.makeSale(room(nowMs), nowMs - 20_000);
    await at.join(saleId);
    await at.join(saleId);
    const guardians = [at.guardian(), at.guardian(), at.guardian()];
    const both = (agoMs: number) =>
      Promise.all(guardians.map((guardian) => at.look(guardian, saleId, nowMs - agoMs)));
    await both(59_000);
    await both(50_000);
    await at.bringRound(saleId, 0);
    for (const agoMs of [30_000, 19_000, 18_000, 17_000]) await both(agoMs);
    const kinds = await kindsOf(saleId);
    for (const kind of ["rules", "settings", "closing", "root", "key"])
      expect(
        kinds.filter((one) => one === kind),
        kind,
      ).toHaveLength(1);
    const { steps } = await at.logs.read(saleId);
    expect(steps.reduce((sum, { people }) => sum + people, 0)).toBe(2);
  });
});

describe("a room's numbers", () => {
  test("come back whole after Redis was lost: who bought does not buy again, and the others go on", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(room, [1, 1, 1], { allocated: 10 });
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    const [first, ...others] = people;
    const reply = await buy(saleId, first!);
    if (reply.kind !== "reserved") throw new Error(reply.kind);
    await at.ledger.put(reply.reservation);
    await at.redis.flushdb();
    // As the rebuild marks what it counts.
    await at.ledger.markCounted(saleId, [reply.reservation], 2);

    const recovery = await at.rebuild.begin(saleId, 1);
    const filling = {
      epoch: 2,
      allocated: 10,
      buyers: new Map(),
      unsettled: [],
      soldUnits: 1,
      heldUnits: 0,
      holds: [],
      withheldUnits: 0,
      places: 1,
    };
    await at.rebuild.refill(recovery, filling, async () => {});
    const sale = (await guardedSales(at.db)).find((one) => one.saleId === saleId)!;
    await at.rebuild.open(recovery, filling, sale);
    expect((await buy(saleId, others[0]!)).kind).toBe("recovering");
    await at.look(guardian, saleId, nowMs - 17_000);
    expect(await buy(saleId, first!)).toEqual({ kind: "over_turn", unitsLeft: 0 });
    expect((await buy(saleId, others[0]!)).kind).toBe("reserved");
    expect(await at.gate.inspect(saleId)).toMatchObject({ line: { epoch: 2, steps: 1, inside: 2 } });
  });
});

/** Frozen before the ledger: the rebuild does not find it, and the guardian does when it tells the gate. */
async function leftOut() {
  const { saleId, people, guardian, nowMs } = await drawn(room, [1, 1], { allocated: 10 });
  await at.look(guardian, saleId, nowMs - 19_000);
  await at.look(guardian, saleId, nowMs - 18_000);
  const first = people[0]!;
  const reply = await buy(saleId, first);
  if (reply.kind !== "reserved") throw new Error(reply.kind);
  const recovery = await at.rebuild.begin(saleId, 1);
  const filling = {
    epoch: 2,
    allocated: 10,
    buyers: new Map(),
    unsettled: [],
    soldUnits: 0,
    heldUnits: 0,
    holds: [],
    withheldUnits: 0,
    places: 1,
  };
  await at.rebuild.refill(recovery, filling, async () => {});
  const sale = (await guardedSales(at.db)).find((one) => one.saleId === saleId)!;
  await at.rebuild.open(recovery, filling, sale);
  await at.ledger.put(reply.reservation);
  return { saleId, first, order: reply.reservation, guardian, nowMs };
}

describe("an order that a rebuild has left out", () => {
  test("is counted in its turn once the gate adopts it, and once only; not before the gate is told of the line", async () => {
    const { saleId, first, order, guardian, nowMs } = await leftOut();
    expect(await at.gate.adopt(order)).toEqual({ kind: "recovering" });
    await at.look(guardian, saleId, nowMs - 17_000);
    expect(await at.gate.adopt(order)).toEqual({ kind: "adopted", epoch: 2 });
    expect(await at.gate.adopt(order)).toEqual({ kind: "counted", epoch: 2 });
    expect(await buy(saleId, first)).toEqual({ kind: "over_turn", unitsLeft: 0 });
    await at.look(guardian, saleId, nowMs - 16_000);
    expect(await at.gate.inspect(saleId)).toMatchObject({ line: { inside: 1 }, stock: { available: 9 } });
  });

  test("is refused if its entry has bought its quantity since", async () => {
    const { saleId, first, order, guardian, nowMs } = await leftOut();
    await at.look(guardian, saleId, nowMs - 17_000);
    expect((await buy(saleId, first)).kind).toBe("reserved");
    expect(await at.gate.adopt(order)).toEqual({ kind: "refused", epoch: 2 });
    expect(await at.gate.inspect(saleId)).toMatchObject({ stock: { available: 9 } });
  });
});

describe("a draw", () => {
  test("promises exactly what there is: in order, whoever fits whole", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(draw, [1, 2, 1, 2], { allocated: 3 });
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    const state = await at.logs.read(saleId);
    const inOrder = people.toSorted((a, b) =>
      rankIn(state, a.receipt)! < rankIn(state, b.receipt)! ? -1 : 1,
    );
    let left = 3;
    for (const person of inOrder) {
      const isWinner = person.receipt.quantity <= left;
      if (isWinner) left -= person.receipt.quantity;
      const kind = isWinner ? "reserved" : "not_your_turn";
      expect(await buy(saleId, person)).toMatchObject({ kind });
    }
  });

  test("promises no unit twice that is bought between the guardian's two looks at the gate", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(draw, [1, 1, 1, 1, 1], { allocated: 3 });
    await at.look(guardian, saleId, nowMs - 19_000);
    const before = await at.gate.inspect(saleId);
    if (before.kind !== "found") throw new Error(before.kind);
    await at.look(guardian, saleId, nowMs - 18_000);
    expect((await outcomes(saleId, people)).filter((kind) => kind === "reserved")).toHaveLength(3);
    const { steps } = await at.look(guardian, saleId, nowMs - 17_000, { stock: before.stock });
    expect(steps.reduce((sum, step) => sum + step.people, 0)).toBe(3);
  });

  test("passes a unit on once its turn has lapsed, and not while it may still be bought", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(draw, [1, 1], { allocated: 1 });
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    await at.redis.hincrby(gateKeys(saleId).gate, "line_served_ms", 400_000);
    const lapsing = await at.look(guardian, saleId, nowMs);
    expect(lapsing).toMatchObject({ lapsedSteps: 1, steps: [{ step: 1, people: 1 }] });
    expect((await at.look(guardian, saleId, nowMs + 1_000)).steps).toHaveLength(1);
    expect(await outcomes(saleId, people)).toEqual(["not_your_turn", "reserved"]);
    expect((await at.look(guardian, saleId, nowMs + 10_000)).steps).toHaveLength(1);
  });

  test("passes on what nobody has bought, by the gate's clock and the log's", async () => {
    // The gate's clock is a minute on.
    const { saleId, guardian, nowMs } = await drawn(fleeting, [1, 1], { allocated: 1 }, 60_000);
    await at.look(guardian, saleId, nowMs - 19_000);
    const [turn] = (await at.look(guardian, saleId, nowMs - 18_000)).steps;
    await at.redis.hincrby(gateKeys(saleId).gate, "line_served_ms", 400_000);
    const [lapsing] = (await at.look(guardian, saleId, nowMs - 14_000)).steps;
    const lapsesAtMs = turn!.holdsFromMs + 35_000;
    expect(lapsing).toEqual({ ...turn, lapsesAtMs });
    expect((await at.look(guardian, saleId, lapsesAtMs - 1_000)).steps).toHaveLength(1);
    const { steps } = await at.look(guardian, saleId, lapsesAtMs);
    expect(steps).toMatchObject([{ step: 1 }, { step: 2, people: 1 }]);
  });

  test("closes with its one list", async () => {
    const { saleId } = await drawn(draw, [1]);
    const asked = { saleId, buyerId: aBuyer(), quantity: 1, language: "en" } as const;
    expect(await joinLine(at.joining, asked)).toEqual({ kind: "line_closed" });
  });
});

describe("what is published of the orders", () => {
  test("rings when one has a leaf that is in no list, and is final once the sale is over and settled", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(room, [1, 1]);
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    const reply = await buy(saleId, people[0]!);
    if (reply.kind !== "reserved") throw new Error(reply.kind);
    await at.ledger.put(reply.reservation);

    const rung: number[] = [];
    const measure = (_name: string, value: number) => rung.push(value);
    const duty = publishDuty({ files: at.files, logs: at.logs, measure, warn: () => {} });
    const sale = (await guardedSales(at.db)).find((one) => one.saleId === saleId)!;
    const view = await at.gate.inspect(saleId);
    if (view.kind !== "found") throw new Error(view.kind);
    const publish = async (state: "running" | "ended", strangers: readonly SaleEntry[] = []) => {
      const ledger = [...(await at.ledger.ofSale(saleId)), ...strangers];
      const report = { differences: [], driftUnits: 0, inFlight: 0, unpaid: 0, undecided: 0, deadLetters: 0 };
      const comparison = { facts: { ledger }, report } as unknown as Comparison;
      await duty({ sale: { ...sale, state }, view, fence: 1, comparison, isSettled: false });
    };
    await publish("running");
    expect(await at.files.orders(saleId)).toEqual({ count: 1, pages: 1, isFinal: false });
    expect(await at.files.orderPage(saleId, 0)).toContain(` 1 ${people[0]!.receipt.leaf} 1 1 1 reserved `);
    await publish("ended");
    expect(await at.files.orders(saleId)).toEqual({ count: 1, pages: 1, isFinal: true });
    const [bought] = await at.ledger.ofSale(saleId);
    const stranger = { ...bought!, reservation: { ...bought!.reservation, leaf: "ff".repeat(32) } };
    await publish("running", [stranger]);
    expect(rung).toEqual([0, 0, 1]);
  });
});
