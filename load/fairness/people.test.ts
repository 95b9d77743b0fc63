import { expect, test } from "vitest";
import { isOfHand, kinds, leastInLane0, planPeople } from "./people.ts";

const plan = { people: 20_000, honestShare: 0.01, seed: 1 };
const countOf = (people: ReturnType<typeof planPeople>, kind: string) =>
  people.filter((person) => person.kind === kind).length;

test("of 20,000 people 200 are honest, and bots of every kind are among the rest", () => {
  const people = planPeople(plan);
  expect(people).toHaveLength(20_000);
  expect(countOf(people, "honest")).toBe(200);
  for (const kind of kinds) expect(countOf(people, kind), kind).toBeGreaterThanOrEqual(200);
});

test("the same seed gives the same people in the same order, another one others", () => {
  const few = { ...plan, people: 300 };
  expect(planPeople(few)).toEqual(planPeople(few));
  expect(planPeople({ ...few, seed: 2 })).not.toEqual(planPeople(few));
});

test("all honest people solve the puzzle, and of the bots about one in twenty", () => {
  const people = planPeople(plan);
  const honest = people.filter(({ kind }) => kind === "honest");
  expect(honest.every(({ solves }) => solves)).toBe(true);
  const solving = people.filter(({ kind, solves }) => kind !== "honest" && solves).length;
  expect(solving / (people.length - honest.length)).toBeCloseTo(0.05, 2);
});

test("bots do not think, and people do", () => {
  for (const { kind, reactionMs } of planPeople(plan)) expect(reactionMs > 0, kind).toBe(kind === "honest");
});

test("in the smallest crowd somebody is honest", () => {
  expect(countOf(planPeople({ people: 10, honestShare: 0.01, seed: 1 }), "honest")).toBe(1);
});

test("identities of one hand have one address, of which more solve than it can bring into lane 0; all others have their own", () => {
  for (const [people, hands] of [
    [20_000, 10],
    [400, 1],
  ] as const) {
    const all = planPeople({ ...plan, people });
    const byAddress = Map.groupBy(all, ({ address }) => address);
    const shared = [...byAddress.values()].filter(({ length }) => length > 1);
    expect(shared).toHaveLength(hands);
    for (const hand of shared) {
      expect(hand.every(isOfHand)).toBe(true);
      expect(hand.filter(({ solves }) => solves).length).toBeGreaterThanOrEqual(40);
    }
    expect([...byAddress.keys()].every((address) => /^198\.1[89](\.\d{1,3}){2}$/.test(address))).toBe(true);
  }
});

test("sure to stand in lane 0 are the honest, the bots that solve in time, and fourteen of each hand", () => {
  const people = planPeople(plan);
  const inTime = people.filter((one) => one.solves && !isOfHand(one) && one.kind !== "late_burst").length;
  expect(leastInLane0(people)).toBe(inTime + 10 * 14);
});
