import type { Machine } from "./machine.ts";
import type { Law } from "./world.ts";

export type Broken = { readonly law: string; readonly why: string };

/** Looks at laws; what was found of the same stores before is remembered. */
export class LawChecks {
  readonly #machine: Machine;
  readonly #laws: readonly {
    readonly law: Law;
    readonly parts: readonly number[];
    readonly found: Map<string | number, string | null>;
  }[];

  constructor(machine: Machine, laws: readonly Law[]) {
    this.#machine = machine;
    this.#laws = laws.map((law) => {
      const parts = law.on.map(machine.part);
      if (parts.includes(-1)) throw new Error(`the law "${law.name}" is on a store that this world has not`);
      return { law, parts, found: new Map() };
    });
  }

  /** The first law that a state breaks. */
  broken(state: Int32Array): Broken | null {
    for (const { law, parts, found } of this.#laws) {
      const key = parts.length === 1 ? state[parts[0]!]! : parts.map((part) => state[part]).join();
      let why = found.get(key);
      if (why === undefined) {
        const broken = law.broken as unknown as (...stores: unknown[]) => string | null;
        why = broken(...parts.map((part) => this.#machine.interners[part]!.values[state[part]!]));
        found.set(key, why);
      }
      if (why !== null) return { law: law.name, why };
    }
    return null;
  }
}
