import { describe, expect, test } from "vitest";
import { worldWithout } from "../explore-world.ts";
import { allRules } from "../rules.ts";
import { storyWorlds } from "../worlds/worlds.ts";
import { explore, TooManyStates } from "./explore.ts";
import { happening, type Operations, read, write } from "./operation.ts";
import { callsOf, type Ending, goOnAs, type Work } from "./process.ts";
import { walkAtRandom } from "./walk.ts";
import type { Actor, World } from "./world.ts";

/** A counter that several raise by reading it and writing one more. */
const counterOperations = {
  get: read<number, null, number>(
    "counter",
    (_, counter) => counter,
    (_, reply) => `reads ${reply}`,
  ),
  set: write<number, number, "set">(
    "counter",
    (value) => ["set", value],
    (value) => `writes ${value}`,
  ),
  raise: write<number, null, "raised">(
    "counter",
    (_, counter) => ["raised", counter + 1],
    () => "raises it",
  ),
  empty: happening<number, null, "empty">(
    "counter",
    (_, counter) => (counter > 0 ? ["empty", 0] : null),
    () => "empties it",
  ),
} satisfies Operations;
const counter = callsOf<typeof counterOperations>("counter");

const roles = {
  *careless(): Work<Ending> {
    yield* counter.set((yield* counter.get(null)) + 1);
  },
  *careful(): Work<Ending> {
    yield* counter.raise(null);
  },
  *repeating(): Work<Ending> {
    yield* counter.raise(null);
    return goOnAs("repeating", null);
  },
  *emptying(): Work<Ending> {
    yield* counter.empty(null);
    return goOnAs("emptying", null);
  },
};

const actor = (name: string, role: keyof typeof roles, is: Actor["is"] = "mortal"): Actor => ({
  name,
  is,
  role,
  args: { name },
});

const counterIs = (most: number, least = 0) => ({
  name: `from ${least} to ${most}`,
  on: ["counter"],
  broken: (value: number) => (value > most || value < least ? `it is ${value}` : null),
});

const aWorld = (of: Partial<World>): World => ({
  stores: { counter: 0 },
  operations: { counter: counterOperations },
  roles,
  actors: [],
  faults: 0,
  laws: [],
  restLaws: [],
  ...of,
});

const two = (role: "careless" | "careful") => [actor("A", role, "lasting"), actor("B", role, "lasting")];

describe("the explorer", () => {
  test("finds the one order of steps that loses an update, and tells it", () => {
    const world = aWorld({ actors: two("careless"), restLaws: [counterIs(2, 2)] });
    expect(explore(world).story).toEqual({
      law: "from 2 to 2",
      why: "it is 1",
      lines: ["1. A reads 0", "2. B reads 0", "3. A writes 1", "4. B writes 1"],
    });
    expect(explore(aWorld({ actors: two("careful"), restLaws: [counterIs(2, 2)] })).story).toBeNull();
  });

  test("lets a mortal one stop before any step, and a lasting one go on", () => {
    const actors = [actor("A", "careful"), actor("B", "careful", "lasting")];
    expect(explore(aWorld({ actors, restLaws: [counterIs(2, 1)] })).story).toBeNull();
    expect(explore(aWorld({ actors, restLaws: [counterIs(2, 2)] })).story).toMatchObject({ why: "it is 1" });
  });

  test("lets a call without an answer take effect later, or never, and only so many", () => {
    const actors = [actor("A", "careful"), actor("B", "emptying", "lasting")];
    const { story } = explore(aWorld({ actors, faults: 1, laws: [counterIs(0)] }));
    expect(story?.lines).toEqual(["1. A raises it"]);
    const late = explore(aWorld({ actors: two("careful"), faults: 1, laws: [counterIs(2)] }));
    // Whoever lasts asks again after a call without an answer, and then both count.
    expect(late.story?.lines).toContain("4. late, somebody raises it");
  });

  test("leaves only calls of the named stores without an answer", () => {
    const silent = { actors: two("careful"), faults: 1, laws: [counterIs(2)] };
    expect(explore(aWorld({ ...silent, unanswered: ["counter"] })).story).not.toBeNull();
    expect(explore(aWorld({ ...silent, unanswered: ["another"] })).story).toBeNull();
  });

  test("takes states as one that differ only by names", () => {
    const alike = [{ A: "B", B: "A" }];
    const actors = two("careless");
    const [all, merged] = [explore(aWorld({ actors })), explore(aWorld({ actors, alike }))];
    expect(merged.states).toBeLessThan(all.states);
    expect(merged.restStates).toBe(all.restStates);
    expect(() => explore(aWorld({ actors: [actor("A", "careful"), actor("C", "careful")], alike }))).toThrow(
      "has no counterpart",
    );
  });

  test("says so when something never comes to rest, or has too many states", () => {
    const endless = aWorld({ actors: [actor("A", "repeating", "lasting")] });
    expect(() => explore(endless, 100)).toThrow(TooManyStates);
    const circle = aWorld({
      actors: [actor("A", "repeating", "lasting"), actor("B", "emptying", "patient")],
      operations: {
        counter: {
          ...counterOperations,
          raise: write<number, null, "raised">(
            "counter",
            (_, value) => ["raised", (value + 1) % 3],
            () => "",
          ),
        },
      },
    });
    expect(explore(circle).story).toMatchObject({ law: "everything comes to rest" });
  });

  test("walks the same way for the same seed", () => {
    const world = aWorld({ actors: two("careless"), restLaws: [counterIs(2, 2)] });
    const [first, again] = [walkAtRandom(world, 7, 1_000), walkAtRandom(world, 7, 1_000)];
    expect(first).toEqual(again);
    expect(first.story).toMatchObject({ why: "it is 1" });
  });
});

/**
 * A step that is taken first, alone, must hide nothing. The walks' own orders of steps are compared with all of them, where
 * there are not too many.
 */
describe("steps that are taken first, alone", () => {
  const COMPARED = 400_000;
  const TIME_LIMIT_MS = 60_000;

  test.each(["refusing", "cancelling", "relaying", "opening-late"] as const)(
    "hide no state of rest of %s",
    (id) => {
      const world = { ...storyWorlds[id].build(allRules), faults: id === "opening-late" ? 1 : 0 };
      const [some, all] = [explore(world), explore(world, COMPARED, false)];
      expect(some.states).toBeLessThan(all.states);
      expect([some.restStates, some.story]).toEqual([all.restStates, all.story]);
    },
    TIME_LIMIT_MS,
  );

  test("hide no story", () => {
    const world = worldWithout("relaying", "the outbox is relayed first", "accepted is final");
    const all = explore(world, COMPARED, false);
    expect(all.story?.law).toBe("accepted is final");
  });
});
