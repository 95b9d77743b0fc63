import { seededRandom } from "../../random.ts";

export type Chance = ReturnType<typeof createChance>;

/** Numbers by chance, the same ones for the same seed. */
export function createChance(seed: number) {
  const uniform = seededRandom(seed);
  let spare: number | undefined;
  /** Box and Muller: two at a time. */
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
  return {
    uniform,
    below: (most: number) => most * uniform(),
    whole: (most: number) => Math.floor(most * uniform()),
    /** Skewed to the right, as latencies and people are: `median`, and a `spread` of its logarithm. */
    skewed: (median: number, spread: number) => median * Math.exp(spread * normal()),
  };
}
