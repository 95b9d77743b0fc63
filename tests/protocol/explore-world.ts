import type { Explored, Without } from "./document.ts";
import { explore, type Exploration } from "./engine/explore.ts";
import type { World } from "./engine/world.ts";
import { allRules, type Rule, without } from "./rules.ts";
import { storyWorlds, type WorldId } from "./worlds/worlds.ts";
import type { StoryWorld } from "./worlds/story-world.ts";

/** A world without a mechanism; only the law that the mechanism is for is looked at. */
export function worldWithout(id: WorldId, rule: Rule, breaks: string): World {
  const world = storyWorlds[id].build(without(rule));
  const laws = world.laws.filter(({ name }) => name === breaks);
  const restLaws = world.restLaws.filter(({ name }) => name === breaks);
  if (laws.length + restLaws.length === 0) throw new Error(`the world ${id} has no law "${breaks}"`);
  return { ...world, laws, restLaws };
}

/** A world as it is. */
export const exploreWhole = (id: WorldId): Exploration => explore(storyWorlds[id].build(allRules));

/** The shortest story without each of a world's mechanisms. @throws when there is none: the mechanism does nothing here. */
export function exploreWithout(id: WorldId): Without[] {
  const { without: rules }: StoryWorld = storyWorlds[id];
  return rules.map(({ rule, breaks }) => {
    const { story } = explore(worldWithout(id, rule, breaks));
    if (!story) throw new Error(`${id}: without "${rule}" nothing breaks`);
    return { rule, breaks, story };
  });
}

/** Everything that is told of a world. Its seconds are the processor's: what else the machine does adds little. */
export function exploreAll(id: WorldId): Explored {
  const before = process.cpuUsage();
  const found = { whole: exploreWhole(id), without: exploreWithout(id) };
  const { user, system } = process.cpuUsage(before);
  return { id, ...found, seconds: (user + system) / 1e6 };
}
