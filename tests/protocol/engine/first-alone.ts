import { conflict, isUnseen, touchesOf } from "./independence.ts";
import type { Machine } from "./machine.ts";

/** By actor: all that it may ever do. */
export type Habits = readonly ReadonlySet<string>[];

/**
 * Finds an actor whose next step may be taken first, alone: nothing that any other may ever do comes into conflict with it,
 * and no law sees it. Whatever the others do before it, they can do as well after it, and end in the same state; so the
 * other orders need no visit (a "persistent set" of one, as in partial-order reduction).
 *
 * A mortal one may stop before its step: only a step that changes nothing is taken first for it.
 */
export class FirstAlone {
  readonly #machine: Machine;
  readonly #habits: Habits;
  readonly #disturbs = new Map<string, boolean>();
  readonly #changesNothing = new Map<string, boolean>();

  constructor(machine: Machine, habits: Habits) {
    this.#machine = machine;
    this.#habits = habits;
  }

  /** The actor; -1: there is none. */
  find(state: Int32Array): number {
    const { actors } = this.#machine.world;
    for (let actor = 0; actor < actors.length; actor++) {
      const call = this.#machine.callOf(actor, state);
      if (call === null || actors[actor]!.is === "patient") continue;
      if (!this.#isCandidate(call.does, actors[actor]!.is)) continue;
      if (this.#isDisturbed(actor, call.does, state)) continue;
      if (this.#machine.isQuietStep(actor, call, state)) return actor;
    }
    return -1;
  }

  #isCandidate(does: string, is: "mortal" | "lasting" | "patient"): boolean {
    const key = `${does}/${is}`;
    const known = this.#changesNothing.get(key);
    if (known !== undefined) return known;
    const touches = this.#touches(does);
    const { writes = [], adds = [] } = touches;
    const answer = is === "mortal" ? writes.length + adds.length === 0 : isUnseen(touches);
    this.#changesNothing.set(key, answer);
    return answer;
  }

  #isDisturbed(actor: number, does: string, state: Int32Array): boolean {
    const machine = this.#machine;
    const { actors } = machine.world;
    for (let other = 0; other < actors.length; other++) {
      if (other === actor || machine.callOf(other, state) === null) continue;
      // A patient one does nothing as long as a lasting one can.
      if (actors[other]!.is === "patient" && actors[actor]!.is === "lasting") continue;
      const key = `${does}/${other}`;
      let disturbs = this.#disturbs.get(key);
      if (disturbs === undefined) {
        disturbs = [...this.#habits[other]!].some((theirs) => this.#conflict(does, theirs));
        this.#disturbs.set(key, disturbs);
      }
      if (disturbs) return true;
    }
    return machine.lateCalls(state).some((call) => this.#conflict(does, call.does));
  }

  #conflict = (a: string, b: string) => conflict(this.#touches(a), this.#touches(b));
  #touches = (does: string) => touchesOf(this.#machine.operation({ does, args: null }));
}
