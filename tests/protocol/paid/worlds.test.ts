import { describe, expect, test } from "vitest";
import { walkAtRandom } from "../engine/walk.ts";
import { allRules, without } from "../rules.ts";
import type { StoryWorld } from "../worlds/story-world.ts";
import { paidWorlds } from "./worlds.ts";

const TIME_LIMIT_MS = 120_000;
const SEED = 3;
const WALKS = 4_000;
/** A mechanism that is off is noticed much sooner. */
const MOST_WALKS_WITHOUT = 20_000;

describe.each(Object.entries<StoryWorld>(paidWorlds))("%s", (_, { name, build, without: mechanisms }) => {
  test(
    `breaks no law on any of ${WALKS} ways: ${name}`,
    () => {
      const { story } = walkAtRandom(build(allRules), SEED, WALKS);
      expect(story && [story.law, story.why, ...story.lines]).toBeNull();
    },
    TIME_LIMIT_MS,
  );

  test.each(mechanisms.map(({ rule, breaks }) => [rule, breaks] as const))(
    `would break one without "%s"`,
    (rule, breaks) => {
      const world = build(without(rule));
      const isIt = ({ name: law }: { readonly name: string }) => law === breaks;
      const looked = { ...world, laws: world.laws.filter(isIt), restLaws: world.restLaws.filter(isIt) };
      expect(walkAtRandom(looked, SEED, MOST_WALKS_WITHOUT).story?.law).toBe(breaks);
    },
    TIME_LIMIT_MS,
  );
});
