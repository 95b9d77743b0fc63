import type { Habits } from "./first-alone.ts";
import { Machine } from "./machine.ts";
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

/** Goes from a state by steps drawn at random until there is none, or `then` answers false. */
export function walk(
  machine: Machine,
  random: (below: number) => number,
  then: (state: Int32Array) => boolean,
): void {
  const next = new Int32Array(machine.width);
  let state = machine.first();
  for (let step = 0; step < MOST_STEPS && then(state); step++) {
    const successors: Int32Array[] = [];
    machine.eachStep(state, next, () => void successors.push(next.slice()));
    if (successors.length === 0) return;
    state = successors[random(successors.length)]!;
  }
}
const MOST_STEPS = 1_000;
const HABIT_WALKS = 50;

/** What each actor does in some random walks: a first guess of what it may ever do. */
export function habitsOf(world: World): Habits {
  const machine = new Machine(world);
  const random = randomNumbers(1);
  for (let i = 0; i < HABIT_WALKS; i++) walk(machine, random, () => true);
  return machine.seen;
}
