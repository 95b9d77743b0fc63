import { explore, type Exploration } from "./engine/explore.ts";
import type { World } from "./engine/world.ts";
import { allRules, type Rule, without } from "./rules.ts";
import type { StoryWorld } from "./worlds/story-world.ts";

/** A world as it is: nothing may break. */
export const exploreWhole = ({ build }: StoryWorld): Exploration => explore(build(allRules));

/** The shortest story that breaks a law once a mechanism is off; only the law that it is for is looked at. */
export function exploreWithout({ build }: StoryWorld, rule: Rule, breaks: string): Exploration {
  return explore(only(build(without(rule)), breaks));
}

function only(world: World, law: string): World {
  const laws = world.laws.filter(({ name }) => name === law);
  const restLaws = world.restLaws.filter(({ name }) => name === law);
  if (laws.length + restLaws.length === 0) throw new Error(`the world has no law "${law}"`);
  return { ...world, laws, restLaws };
}
