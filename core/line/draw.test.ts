import { describe, expect, test } from "vitest";
import { drawWinners, secondChances } from "./draw.ts";
import { peopleIn, type RankedList, rankAt } from "./ranked-list.ts";

/** A list whose lots are 0, 1, 2 …, with these quantities. */
function listOf(...quantities: number[]): RankedList {
  const lots = Buffer.alloc(quantities.length * 32);
  quantities.forEach((_, i) => lots.writeUInt8(i, i * 32));
  const count = quantities.length;
  return { list: 0, count, lane0: count, lots, leaves: lots, quantities: Uint8Array.from(quantities) };
}

const winnersOf = (ranked: RankedList, steps: ReturnType<typeof drawWinners>) =>
  Array.from({ length: ranked.count }, (_, i) => i).filter((i) => {
    const rank = rankAt(ranked, i);
    return steps.some(
      ({ after, upTo, quantityAtMost }) =>
        after < rank && rank <= upTo && ranked.quantities[i]! <= quantityAtMost,
    );
  });

/** The rule, one entry after another. */
function inOrder(quantities: readonly number[], units: number, out: readonly number[] = []): number[] {
  let left = units;
  return quantities.flatMap((quantity, i) => {
    if (out.includes(i) || quantity > left) return [];
    left -= quantity;
    return [i];
  });
}

describe("the winners of a draw", () => {
  test.each([
    { quantities: [1, 1, 1], units: 2, winners: [0, 1] },
    { quantities: [3, 2, 1], units: 4, winners: [0, 2] },
    { quantities: [5, 5, 5], units: 4, winners: [] },
    { quantities: [2, 3, 2, 1], units: 5, winners: [0, 1] },
    { quantities: [1, 4, 3, 2, 1], units: 4, winners: [0, 2] },
  ])("of $quantities, with $units units, are $winners", ({ quantities, units, winners }) => {
    const ranked = listOf(...quantities);
    expect(winnersOf(ranked, drawWinners(ranked, "", units))).toEqual(winners);
  });

  test("are, for many lists, those that fit in order; each step's numbers are exact, and each begins where the last ended", () => {
    let seed = 1;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let run = 0; run < 300; run++) {
      const quantities = Array.from({ length: 1 + random(30) }, () => 1 + random(6));
      const [units, out] = [random(60), random(3) === 0 ? [random(30), random(30)] : []];
      const ranked = listOf(...quantities);
      const steps = drawWinners(ranked, "", units, (position) => out.includes(position));
      expect(winnersOf(ranked, steps)).toEqual(inOrder(quantities, units, out));
      steps.forEach((step, i) => {
        expect(step.after).toBe(i === 0 ? "" : steps[i - 1]!.upTo);
        expect(peopleIn(ranked, step)).toEqual({ people: step.people, units: step.units });
      });
    }
  });

  test("go on where the draw stands", () => {
    const ranked = listOf(1, 1, 1, 1);
    const [first] = drawWinners(ranked, "", 2);
    expect(winnersOf(ranked, drawWinners(ranked, first!.upTo, 1))).toEqual([2]);
  });
});

describe("second chances", () => {
  test("go to those who were passed over and fit by now, and to nobody else in their range", () => {
    const ranked = listOf(2, 3, 1, 2);
    const first = drawWinners(ranked, "", 3);
    expect(winnersOf(ranked, first)).toEqual([0, 2]);
    const steps = secondChances(ranked, first.at(-1)!.upTo, 3, (position) => [0, 2].includes(position));
    expect(winnersOf(ranked, steps)).toEqual([1]);
  });
});
