import type { Habits } from "./first-alone.ts";
import { Machine, type Step } from "./machine.ts";
import { type Broken, LawChecks } from "./check-laws.ts";
import { inWords } from "./story.ts";
import type { World } from "./world.ts";

/** Whole numbers below a bound, the same for the same seed. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * Goes from a state by steps drawn at random until there is none, or `then` answers false. A call that goes unanswered is
 * drawn less often than the others, so that it does not always come first.
 */
export function walk(
  machine: Machine,
  random: (below: number) => number,
  then: (state: Int32Array, step: Step | null) => boolean,
): void {
  const next = new Int32Array(machine.width);
  let state = machine.first();
  let goesOn = then(state, null);
  for (let count = 0; count < MOST_STEPS && goesOn; count++) {
    const successors: { readonly step: Step; readonly state: Int32Array }[] = [];
    machine.eachStep(state, next, (step) => {
      if (step.kind === "answered" || random(RARELY) === 0) successors.push({ step, state: next.slice() });
    });
    const drawn = successors[random(Math.max(1, successors.length))];
    if (!drawn) return;
    state = drawn.state;
    goesOn = then(state, drawn.step);
  }
}
/** A late or missing answer is one choice in so many. */
const RARELY = 10;
const MOST_STEPS = 1_000;
const HABIT_WALKS = 50;

/** What each actor does in some random walks: a first guess of what it may ever do. */
export function habitsOf(world: World): Habits {
  const machine = new Machine(world);
  const random = randomNumbers(1);
  for (let i = 0; i < HABIT_WALKS; i++) walk(machine, random, () => true);
  return machine.seen;
}

export type Walks = {
  readonly walks: number;
  readonly steps: number;
  /** The first story that broke a law: as it was walked, not the shortest. */
  readonly story: (Broken & { readonly lines: readonly string[] }) | null;
};

/** Walks through a world that is too large to be visited whole. The same seed walks the same ways. */
export function walkAtRandom(world: World, seed: number, walks: number): Walks {
  const machine = new Machine(world);
  const [laws, restLaws] = [new LawChecks(machine, world.laws), new LawChecks(machine, world.restLaws)];
  const random = randomNumbers(seed);
  let steps = 0;
  for (let count = 1; count <= walks; count++) {
    const lines: string[] = [];
    let broken: Broken | null = null;
    walk(machine, random, (state, step) => {
      const words = step ? inWords(machine, step) : "";
      if (words !== "") lines.push(`${lines.length + 1}. ${words}`);
      if (step) steps++;
      broken = laws.broken(state) ?? (machine.isAtRest(state) ? restLaws.broken(state) : null);
      return broken === null;
    });
    if (broken) return { walks: count, steps, story: { ...(broken as Broken), lines } };
  }
  return { walks, steps, story: null };
}
