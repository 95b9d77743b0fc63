import type { SaleMode } from "../../core/contract/sale-mode.ts";
import type { SaleId } from "../../core/ids.ts";
import { roundAtMs } from "../../core/line/round.ts";
import { parseLine } from "../../core/line/log-line.ts";
import type { testLine } from "./test-line.ts";

/** From a list's closing until it is read, and a second more. */
const READ_AFTER_MS = 9_000;

const iso = (ms: number) => new Date(ms).toISOString();

/** A waiting room whose first list closes a minute before an instant. */
export const aRoom = (nowMs: number, more = {}): SaleMode => ({
  kind: "waiting_room",
  closesAt: iso(nowMs - 60_000),
  listSeconds: 10,
  turnSeconds: 300,
  admissionsPerSecond: 100,
  mostInside: 1_000,
  ...more,
});

/** A draw whose list closes a minute before an instant. */
export const aDraw = (nowMs: number): Extract<SaleMode, { kind: "draw" }> => ({
  kind: "draw",
  closesAt: iso(nowMs - 60_000),
  resultAt: iso(nowMs - 45_000),
  turnSeconds: 300,
});

type Line = ReturnType<typeof testLine>;
type Person = Awaited<ReturnType<Line["join"]>>;

/** Lines whose first list has been drawn, and those who buy in them. */
export function testDrawnLine(at: Line) {
  async function buy(saleId: SaleId, { buyerId, ticket, receipt }: Person, quantity = receipt.quantity) {
    const turn = await at.turnOf(saleId, buyerId, ticket);
    if (turn.kind !== "reached") return turn;
    return at.reserve(saleId, { buyerId, quantity, turn: turn.turn });
  }

  /**
   * Has list 0 closed, read and drawn by looks that come seconds before an instant. A line bears the time at which it was written, and a
   * look may take seconds on a busy machine: each look follows from what the one before has written.
   */
  async function drawList(
    saleId: SaleId,
    nowMs: number,
    look: (atMs: number) => Promise<unknown>,
  ): Promise<void> {
    await look(nowMs - 59_000);
    const closed = (await at.logs.read(saleId)).lists[0];
    await look(Math.max(nowMs - 50_000, closed!.closingAtMs + READ_AFTER_MS));
    await at.bringRound(saleId, 0);
    const { lists, rules } = await at.logs.read(saleId);
    const comesAtMs = roundAtMs(lists[0]!.root!.round, rules!.chain);
    await look(Math.max(nowMs - 30_000, comesAtMs));
  }

  return {
    buy,
    drawList,

    /** What those who buy after each other are answered, in the order of the alphabet. */
    outcomes: async (saleId: SaleId, people: readonly Person[]): Promise<string[]> => {
      const kinds: string[] = [];
      for (const person of people) kinds.push((await buy(saleId, person)).kind);
      return kinds.toSorted();
    },

    /** The kinds of the lines in a line's log. */
    kindsOf: async (saleId: SaleId) => (await at.logs.texts(saleId, 0)).map((text) => parseLine(text).kind),

    /**
     * A line whose list 0 has been drawn, seconds before an instant that is now or so long ago. Each of those in it asks for so
     * many units.
     */
    drawn: async (mode: (nowMs: number) => SaleMode, quantities: readonly number[], more = {}, agoMs = 0) => {
      const nowMs = Date.now() - agoMs;
      const saleId = await at.makeSale(mode(nowMs), nowMs - 20_000, more);
      const people = [];
      for (const quantity of quantities) people.push(await at.join(saleId, quantity));
      const guardian = at.guardian();
      await drawList(saleId, nowMs, (atMs) => at.look(guardian, saleId, atMs));
      return { saleId, people, guardian, nowMs };
    },
  };
}
