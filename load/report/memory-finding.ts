import { judgeMemory, type MemorySample } from "./memory.ts";

/** What was seen of the servers' memory in a run. */
export type WatchedMemory = {
  readonly samples: readonly MemorySample[];
  /** How often it was looked for. */
  readonly tries: number;
  /** Why it could not be seen when it last was not; null: it always was. */
  readonly problem: string | null;
};

export type MemoryFinding = {
  /** What is to be said of it; null: nothing. */
  readonly says: string | null;
  /** Whether the run fails for it. */
  readonly fails: boolean;
};

/** Three for each third of a run: of fewer, one odd sample decides. */
const LEAST_SAMPLES = 9;
/** Of the tries that must have seen something: a crash and a new start take some. */
const LEAST_SHARE = 0.5;

/**
 * What a run found of the memory of its servers. What nobody saw did not stay flat.
 *
 * @param watched null: a stage, whose servers are AWS's.
 * @param mustBeFlat whether the run was made to show it.
 */
export function memoryFinding(watched: WatchedMemory | null, mustBeFlat: boolean): MemoryFinding {
  if (watched === null)
    return {
      says: "The memory of a stage's servers was not seen: this run says nothing about it.",
      fails: false,
    };
  const says = mustBeFlat ? whyNotFlat(watched) : null;
  return { says, fails: says !== null };
}

function whyNotFlat({ samples, tries, problem }: WatchedMemory): string | null {
  if (samples.length < LEAST_SAMPLES || samples.length < tries * LEAST_SHARE)
    return (
      `NOT SEEN: the servers' memory was sampled ${samples.length} times in ${tries} tries, too few to say that it ` +
      `stayed flat (at least ${LEAST_SAMPLES}, and half of the tries): ${problem ?? "the run was too short"}.`
    );
  const grown = judgeMemory(samples).flatMap(({ name, isFlat }) => (isFlat ? [] : [name]));
  return grown.length === 0 ? null : `NOT FLAT: the memory of ${grown.join(", ")} grew.`;
}
