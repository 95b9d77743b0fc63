import { median } from "./median.ts";

type Side = () => Promise<readonly number[]>;

/**
 * Runs measurements in turn, a block each, and answers the median of each: what disturbs the machine for a while
 * disturbs all of them. The first rounds warm up and are not counted.
 */
export async function interleave<const Sides extends readonly Side[]>(
  rounds: number,
  sides: Sides,
  warmUps = 1,
): Promise<{ readonly [I in keyof Sides]: number }> {
  const seen: number[][] = sides.map(() => []);
  for (let round = 0; round < warmUps + rounds; round++)
    for (const [index, side] of sides.entries()) {
      const values = await side();
      if (round >= warmUps) seen[index]!.push(...values);
    }
  return seen.map(median) as { readonly [I in keyof Sides]: number };
}
