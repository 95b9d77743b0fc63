import type { Kind } from "./people.ts";

/** One person at the end of a launch. */
export type Served = { readonly kind: Kind; readonly units: number };

export type Shares = {
  readonly people: number;
  readonly honest: number;
  /** Units that anybody has. */
  readonly units: number;
  readonly honestUnits: number;
  /** Units that the honest would have if each person got the same. */
  readonly idealUnits: number;
  /** What they have of that; 1 is the ideal. 0 if nothing was sold. */
  readonly ratio: number;
  readonly unitsByKind: Readonly<Partial<Record<Kind, number>>>;
};

/** What honest people got of what would be theirs if everybody, bots included, got the same. */
export function sharesOf(served: readonly Served[]): Shares {
  const unitsByKind: Partial<Record<Kind, number>> = {};
  for (const { kind, units } of served) unitsByKind[kind] = (unitsByKind[kind] ?? 0) + units;
  const honest = served.filter(({ kind }) => kind === "honest").length;
  const units = served.reduce((sum, share) => sum + share.units, 0);
  const honestUnits = unitsByKind.honest ?? 0;
  const idealUnits = served.length === 0 ? 0 : (units * honest) / served.length;
  const ratio = idealUnits === 0 ? 0 : honestUnits / idealUnits;
  return { people: served.length, honest, units, honestUnits, idealUnits, ratio, unitsByKind };
}
