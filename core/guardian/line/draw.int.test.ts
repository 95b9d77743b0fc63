import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { testStores } from "../../../tests/support/stores.ts";
import { aDraw, aRoom, testDrawnLine } from "../../../tests/support/test-drawn-line.ts";
import { testLine } from "../../../tests/support/test-line.ts";
import { aBuyer } from "../../../tests/support/test-sale.ts";
import { gateKeys } from "../../gate/keys.ts";
import { changePace } from "../../line/change-pace.ts";
import { joinLine } from "../../line/join.ts";
import { leaveLine } from "../../line/leave.ts";
import { rankIn } from "../../line/turns.ts";

const at = testLine(await testStores());
const { buy, drawn, kindsOf, outcomes } = testDrawnLine(at);
const fleeting = (nowMs: number) => ({ ...aDraw(nowMs), turnSeconds: 30 });

describe("a draw", () => {
  test("promises exactly what there is: in order, whoever fits whole", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(aDraw, [1, 2, 1, 2], { allocated: 3 });
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
    const { saleId, people, guardian, nowMs } = await drawn(aDraw, [1, 1, 1, 1, 1], { allocated: 3 });
    await at.look(guardian, saleId, nowMs - 19_000);
    const before = await at.gate.inspect(saleId);
    if (before.kind !== "found") throw new Error(before.kind);
    await at.look(guardian, saleId, nowMs - 18_000);
    expect((await outcomes(saleId, people)).filter((kind) => kind === "reserved")).toHaveLength(3);
    const { steps } = await at.look(guardian, saleId, nowMs - 17_000, { stock: before.stock });
    expect(steps.reduce((sum, step) => sum + step.people, 0)).toBe(3);
  });

  test("passes a unit on once its turn has lapsed, and not while it may still be bought", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(aDraw, [1, 1], { allocated: 1 });
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

  test("sells nothing in a turn from when on its lapse holds, however late a frozen guardian brings that to the log", async () => {
    const { saleId, people, nowMs } = await drawn(fleeting, [1], { allocated: 1 }, 60_000);
    let bought: Awaited<ReturnType<typeof buy>> | undefined;
    const append: typeof at.logs.append = async (...line) => {
      if (line[2].kind === "lapse") {
        await sleep(4_100);
        bought = await buy(saleId, people[0]!);
      }
      return at.logs.append(...line);
    };
    const guardian = at.guardian({ logs: { ...at.logs, append } });
    for (const agoMs of [19_000, 18_000]) await at.look(guardian, saleId, nowMs - agoMs);
    await at.redis.hincrby(gateKeys(saleId).gate, "line_served_ms", 400_000);
    const [turn] = (await at.look(guardian, saleId, Date.now())).steps;
    expect(turn!.lapsesAtMs).toBeLessThan(Date.now());
    expect(bought).toEqual({ kind: "recovering" });
    await at.look(guardian, saleId, Date.now());
    expect(await buy(saleId, people[0]!)).toMatchObject({ kind: "not_your_turn", reason: "lapsed" });
  });

  test("closes with its one list", async () => {
    const { saleId } = await drawn(aDraw, [1]);
    const asked = { saleId, buyerId: aBuyer(), quantity: 1, language: "en" } as const;
    expect(await joinLine(at.joining, asked)).toEqual({ kind: "line_closed" });
  });
});

/** People in a draw of three units, in their order; the second and the fourth have left, so that the three winners need five steps. */
async function drawnWithLeavers(
  leavers: readonly number[] = [1, 3],
  quantities = [1, 1, 1, 1, 1, 1],
  allocated = 3,
) {
  const { saleId, people, nowMs } = await drawn(aDraw, quantities, { allocated });
  const state = await at.logs.read(saleId);
  const inOrder = people.toSorted((a, b) => (rankIn(state, a.receipt)! < rankIn(state, b.receipt)! ? -1 : 1));
  const leaving = { ...at, nowMs: () => nowMs - 25_000 };
  for (const position of leavers) await leaveLine(leaving, saleId, inOrder[position]!.buyerId);
  const told = async () => {
    const turns = [];
    for (const { buyerId, ticket } of inOrder) {
      const turn = await at.turnOf(saleId, buyerId, ticket);
      turns.push(turn.kind === "reached" ? turn.kind : turn.reason);
    }
    return turns;
  };
  return { saleId, nowMs, told };
}

/** Its machine is gone once so many steps are in the log. */
function dyingAfter(steps: number) {
  let left = steps;
  const append: typeof at.logs.append = async (saleId, known, news, nowMs) => {
    if (left === 0) throw new Error("died");
    const added = await at.logs.append(saleId, known, news, nowMs);
    if (news.kind === "step") left--;
    return added;
  };
  return at.guardian({ logs: { ...at.logs, append } });
}

describe("a first pass of several steps", () => {
  const [behind, won, passed] = ["not_reached", "reached", "passed_over"];

  test("calls nobody passed over while a winner may still come: before its last step, and before it is known for the last", async () => {
    const { saleId, nowMs, told } = await drawnWithLeavers();
    await expect(at.look(dyingAfter(1), saleId, nowMs - 19_000)).rejects.toThrow("died");
    expect(await told()).toEqual([won, behind, behind, behind, behind, behind]);
    await expect(at.look(dyingAfter(2), saleId, nowMs - 18_000)).rejects.toThrow("died");
    expect(await told()).toEqual([won, passed, won, behind, behind, behind]);
    await expect(at.look(dyingAfter(2), saleId, nowMs - 17_000)).rejects.toThrow("died");
    expect(await told()).toEqual([won, passed, won, passed, won, behind]);
    const { lines, steps, hasAllWinners } = await at.look(at.guardian(), saleId, nowMs - 16_000);
    expect([steps.length, hasAllWinners]).toEqual([5, true]);
    expect(await told()).toEqual([won, passed, won, passed, won, passed]);
    // It is said once.
    expect((await at.look(at.guardian(), saleId, nowMs - 15_000)).lines).toBe(lines);
  });

  test("is not called whole while the line is paused, and goes on after it", async () => {
    const { saleId, nowMs, told } = await drawnWithLeavers();
    await expect(at.look(dyingAfter(1), saleId, nowMs - 19_000)).rejects.toThrow("died");
    const pause = (isPaused: boolean) =>
      changePace(at.logs, saleId, { isPaused, role: "operator" }, () => nowMs - 18_000);
    await pause(true);
    await at.look(at.guardian(), saleId, nowMs - 17_000);
    expect((await told()).slice(2)).toEqual([behind, behind, behind, behind]);
    await pause(false);
    await at.look(at.guardian(), saleId, nowMs - 16_000);
    expect((await told()).at(-1)).toBe(passed);
  });

  test("is written however many have left, and however long each line takes", async () => {
    const people = 40;
    const leavers = Array.from({ length: 18 }, (_, i) => 2 * i);
    const quantities = Array.from({ length: people }, () => 1);
    const { saleId, nowMs } = await drawnWithLeavers(leavers, quantities, 30);
    let lateMs = 0;
    const clock = { nowMs: () => Date.now() + lateMs, monotonicMs: () => performance.now() + lateMs };
    const append: typeof at.logs.append = async (...line) => {
      lateMs += 100;
      return at.logs.append(...line);
    };
    const slow = at.guardian({ logs: { ...at.logs, append }, clock });
    const { steps, hasAllWinners } = await at.look(slow, saleId, nowMs - 19_000);
    expect([steps.length > 30, hasAllWinners]).toEqual([true, true]);
  });
});

describe("units that come back after a sell-out", () => {
  const soldOut = { sold: 3 };

  async function soldOutDraw() {
    const { saleId, people, guardian, nowMs } = await drawn(aDraw, [1, 1, 1, 1, 1], { allocated: 3 });
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
    const { saleId, guardian, nowMs } = await drawn(aRoom, [1, 1]);
    const ended = await at.look(guardian, saleId, nowMs - 19_000, {}, { endsAtMs: nowMs - 19_500 });
    expect(ended).toMatchObject({ end: "ended", steps: [] });
    const state = await at.look(guardian, saleId, nowMs - 18_000);
    expect(state).toMatchObject({ end: null, steps: [{ step: 1, people: 2 }] });
  });

  test("go to nobody who left after the end, should the sale be given more time", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(aDraw, [1]);
    await at.look(guardian, saleId, nowMs - 19_000, {}, { endsAtMs: nowMs - 19_500 });
    const leave = () => leaveLine({ ...at, nowMs: () => nowMs - 18_500 }, saleId, people[0]!.buyerId);
    expect([await leave(), await leave()]).toEqual(["left", "left"]);
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
