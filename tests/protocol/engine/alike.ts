import type { Machine } from "./machine.ts";
import { canonical, type Renaming, renamed } from "./value.ts";
import { LATE } from "./world.ts";

/** Brings states that differ only by names that make no difference to one of them. */
export class Alike {
  readonly #machine: Machine;
  readonly #renamings: readonly Renaming[];
  /** By renaming and part: translated numbers; -1: not known yet. */
  readonly #translated: Int32Array[][];
  /** By renaming: the actor that each becomes. */
  readonly #actors: readonly (readonly number[])[];
  readonly #other: Int32Array;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#renamings = machine.world.alike ?? [];
    this.#translated = this.#renamings.map(() =>
      Array.from({ length: machine.parts.length + 1 }, () => new Int32Array(64).fill(-1)),
    );
    this.#actors = this.#renamings.map((names) => this.#actorsUnder(names));
    this.#other = new Int32Array(machine.width);
  }

  /** Makes a state the least of those that are like it, in place. */
  least(state: Int32Array): void {
    const original = this.#renamings.length > 0 ? state.slice() : state;
    for (let index = 0; index < this.#renamings.length; index++) {
      this.#translate(original, index);
      if (isLess(this.#other, state)) state.set(this.#other);
    }
  }

  #translate(state: Int32Array, renaming: number): void {
    const { parts, faultsPart, nodePart } = this.#machine;
    for (let part = 0; part < parts.length; part++)
      this.#other[part] = this.#number(renaming, part, state[part]!);
    this.#other[faultsPart] = state[faultsPart]!;
    const actors = this.#actors[renaming]!;
    for (let actor = 0; actor < actors.length; actor++)
      this.#other[nodePart(actors[actor]!)] = this.#number(renaming, parts.length, state[nodePart(actor)]!);
  }

  #number(renaming: number, part: number, id: number): number {
    const row = this.#translated[renaming]!;
    let known = row[part]!;
    if (id >= known.length) {
      const grown = new Int32Array(Math.max(id + 1, known.length * 2)).fill(-1);
      grown.set(known);
      row[part] = known = grown;
    }
    if (known[id] === -1) known[id] = this.#work(this.#renamings[renaming]!, part, id);
    return known[id]!;
  }

  #work(names: Renaming, part: number, id: number): number {
    const { parts, nodes, late, interners } = this.#machine;
    if (part === parts.length) return nodes.translate(id, (value) => renamed(value, names));
    if (parts[part] === LATE) return late.translate(id, names);
    return interners[part]!.id(renamed(interners[part]!.values[id], names));
  }

  #actorsUnder(names: Renaming): number[] {
    const { actors } = this.#machine.world;
    const keys = actors.map(({ role, args }) => canonical([role, args]));
    return actors.map(({ role, args, name }) => {
      const found = keys.indexOf(canonical([role, renamed(args, names)]));
      if (found < 0) throw new Error(`${name} has no counterpart under ${JSON.stringify(names)}`);
      return found;
    });
  }
}

function isLess(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}
