import { Alike } from "./alike.ts";
import { type Broken, LawChecks } from "./check-laws.ts";
import { FirstAlone, type Habits } from "./first-alone.ts";
import { Machine } from "./machine.ts";
import { unrestful } from "./rest.ts";
import { storyOf } from "./story.ts";
import { habitsOf } from "./walk.ts";
import { Visited } from "./visited.ts";
import type { World } from "./world.ts";

export type Exploration = {
  readonly states: number;
  readonly steps: number;
  /** States in which nobody has anything left to do. */
  readonly restStates: number;
  /** The shortest story that breaks a law; null: no story does. */
  readonly story: Story | null;
};

export type Story = Broken & { readonly lines: readonly string[] };

export class TooManyStates extends Error {}

/**
 * Visits every state of a world, nearest first, and stops at the first that breaks a law.
 *
 * Which steps can be taken alone depends on what others may ever do; that is learnt by exploring, and what turns out to be
 * more than was thought makes it begin again.
 *
 * @param takesFirstAlone false: every order of steps is visited, also where it can make no difference.
 * @throws TooManyStates beyond `most`: a world that is not visited whole shows nothing.
 */
export function explore(world: World, most = 300_000, takesFirstAlone = true): Exploration {
  if (!takesFirstAlone) return visit(new Machine(world), null, most);
  let habits: Habits = world.actors.map(() => new Set<string>());
  for (;;) {
    const machine = new Machine(world);
    if (habits.every(({ size }) => size === 0)) habits = habitsOf(world);
    const exploration = visit(machine, new FirstAlone(machine, habits), most);
    const isMore = machine.seen.some((seen, actor) => [...seen].some((does) => !habits[actor]!.has(does)));
    if (!isMore || exploration.story) return exploration;
    habits = machine.seen.map((seen, actor) => new Set([...seen, ...habits[actor]!]));
  }
}

function visit(machine: Machine, firstAlone: FirstAlone | null, most: number): Exploration {
  const alike = new Alike(machine);
  const visited = new Visited(machine.width);
  const { world } = machine;
  const [laws, restLaws] = [new LawChecks(machine, world.laws), new LawChecks(machine, world.restLaws)];
  const parents: number[] = [-1];
  const lasting: number[] = [];
  const rests: number[] = [];
  let steps = 0;

  const end = (at: number, broken: (last: Int32Array) => Broken | null): Exploration => {
    const path: number[] = [];
    for (let i = at; i >= 0; i = parents[i]!) path.push(i);
    const rows = path.toReversed().map((index) => visited.row(index).slice());
    const { lines, last } = storyOf(machine, alike, rows);
    // Once more, by the names that the story has.
    const why = broken(last);
    return { states: visited.count, steps, restStates: rests.length, story: why && { ...why, lines } };
  };

  const next = new Int32Array(machine.width);
  const state = machine.first();
  alike.least(state);
  visited.add(state);
  for (let index = 0; index < visited.count; index++) {
    state.set(visited.row(index));
    if (laws.broken(state)) return end(index, (last) => laws.broken(last));
    const follow = (isForRest: boolean) => {
      steps++;
      alike.least(next);
      const found = visited.add(next);
      if (isForRest) lasting.push(index, found);
      if (found !== parents.length) return false;
      parents.push(index);
      return true;
    };
    const alone = firstAlone?.find(state) ?? -1;
    let areAllNew = alone >= 0;
    if (alone >= 0)
      machine.eachStepOf(alone, state, next, ({ kind }) => {
        areAllNew = follow(kind === "answered") && areAllNew;
      });
    // A step that leads back may put the others off for ever.
    if (!areAllNew) machine.eachStep(state, next, (_, isLasting) => void follow(isLasting));
    if (visited.count > most) throw new TooManyStates(`more than ${most} states: ${machine.census()}`);
    if (!machine.isAtRest(state)) continue;
    rests.push(index);
    if (restLaws.broken(state)) return end(index, (last) => restLaws.broken(last));
  }
  const restless = unrestful(visited.count, rests, lasting);
  if (restless >= 0)
    return end(restless, () => ({ law: "everything comes to rest", why: "it never does from here" }));
  return { states: visited.count, steps, restStates: rests.length, story: null };
}
