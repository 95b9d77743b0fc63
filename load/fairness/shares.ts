import type { Kind } from "./people.ts";

/** One person at the end of a launch. */
export type Served = {
  readonly kind: Kind;
  readonly units: number;
  /** Whether they stand where the honest do: in the same lane of the first list. In an open sale all do. */
  readonly isBesideHonest: boolean;
};

export type Shares = {
  readonly people: number;
  readonly honest: number;
  /** Those who stand where the honest do, these included. */
  readonly beside: number;
  /** Units that anybody has. */
  readonly units: number;
  readonly honestUnits: number;
  /** Units that the honest would have if each who stands where they do had the same chance of one. */
  readonly idealUnits: number;
  /** What they have of that; 1 is the ideal. 0 if nothing was sold. */
  readonly ratio: number;
  /** By how much lots alone move the ratio: its standard deviation, of a hypergeometric distribution. */
  readonly deviation: number;
  readonly unitsByKind: Readonly<Partial<Record<Kind, number>>>;
};

/** What honest people got of what lots alone would give them where they stand. */
export function sharesOf(served: readonly Served[]): Shares {
  const unitsByKind: Partial<Record<Kind, number>> = {};
  for (const { kind, units } of served) unitsByKind[kind] = (unitsByKind[kind] ?? 0) + units;
  const honest = served.filter(({ kind }) => kind === "honest").length;
  const beside = served.filter(({ isBesideHonest }) => isBesideHonest).length;
  const units = served.reduce((sum, share) => sum + share.units, 0);
  const honestUnits = unitsByKind.honest ?? 0;
  const chance = beside === 0 ? 0 : Math.min(1, units / beside);
  const idealUnits = honest * chance;
  const ratio = idealUnits === 0 ? 0 : honestUnits / idealUnits;
  const deviation = idealUnits === 0 ? 0 : Math.sqrt(varianceOf(honest, beside, chance)) / idealUnits;
  return {
    people: served.length,
    honest,
    beside,
    units,
    honestUnits,
    idealUnits,
    ratio,
    deviation,
    unitsByKind,
  };
}

/** Of the units that fall to the honest when each of so many draws one with the same chance, without putting back. */
const varianceOf = (honest: number, beside: number, chance: number): number =>
  beside < 2 ? 0 : (honest * chance * (1 - chance) * (beside - honest)) / (beside - 1);
