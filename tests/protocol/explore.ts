import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { documentOf } from "./document.ts";
import type { Story } from "./engine/explore.ts";
import { explore, TooManyStates } from "./engine/explore.ts";
import { walkAtRandom } from "./engine/walk.ts";
import { exploreAll } from "./explore-world.ts";
import { allRules, type Rule, without } from "./rules.ts";
import { storyWorlds, type WorldId, worldIds } from "./worlds/worlds.ts";

const USAGE = `npm run explore                        every world whole, and without each of its mechanisms
npm run explore -- --write             the same, into docs/protocol.md
npm run explore -- --world <id>        one world whole; with
    --without "<mechanism>"            one mechanism off
    --faults <n>                       so many calls unanswered
    --most <n>                         up to so many states (300,000)
    --walks <n> --seed <n>             random walks in place of every state
Worlds: ${worldIds.join(", ")}`;

const DOCUMENT = new URL("../../docs/protocol.md", import.meta.url);

function print(story: Story | null): void {
  if (!story) return;
  console.log(story.lines.join("\n"));
  console.log(`"${story.law}" is broken: ${story.why}`);
  process.exitCode = 1;
}

async function exploreEvery(writes: boolean): Promise<void> {
  const explored = worldIds.map((id) => {
    const world = exploreAll(id);
    console.log(`${id}: ${world.whole.states} states, ${world.seconds.toFixed(1)} s`);
    for (const { rule, story } of world.without)
      console.log(`  without "${rule}": ${story.lines.length} steps`);
    print(world.whole.story);
    return world;
  });
  if (writes) writeFileSync(DOCUMENT, await format(documentOf(explored), { parser: "markdown" }));
}

type Flags = {
  readonly without?: string | undefined;
  readonly faults?: string | undefined;
  readonly most?: string | undefined;
  readonly walks?: string | undefined;
  readonly seed?: string | undefined;
};

function exploreOne(id: WorldId, flags: Flags): void {
  const built = storyWorlds[id].build(
    flags.without === undefined ? allRules : without(flags.without as Rule),
  );
  const world = { ...built, faults: Number(flags.faults ?? built.faults) };
  if (flags.walks !== undefined) {
    const seed = Number(flags.seed ?? 1);
    const { walks, steps, story } = walkAtRandom(world, seed, Number(flags.walks));
    console.log(`${id}: ${walks} walks, ${steps} steps, seed ${seed}`);
    return print(story);
  }
  const { states, restStates, story } = explore(world, Number(flags.most ?? 300_000));
  console.log(`${id}: ${states} states, ${restStates} at rest`);
  print(story);
}

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    world: text,
    without: text,
    faults: text,
    most: text,
    walks: text,
    seed: text,
    write: { type: "boolean" },
    help: { type: "boolean" },
  },
});
const id = worldIds.find((known) => known === values.world);
try {
  if (values.help || (values.world !== undefined && !id)) console.log(USAGE);
  else if (id) exploreOne(id, values);
  else await exploreEvery(values.write === true);
} catch (error) {
  if (!(error instanceof TooManyStates)) throw error;
  console.error(`${error.message}. Say --most, or walk: --walks 100000 --seed 1`);
  process.exitCode = 1;
}
