import type { InferOutput } from "valibot";
import type { challengeAnswer } from "../contract/challenge.ts";
import type { AdmitDependencies } from "./admit-join.ts";
import { type For, makeChallenge } from "./challenge.ts";
import { costOf, TRIES_ON_AVERAGE } from "./cost.ts";
import { judge } from "./risk.ts";
import { noteAsking } from "./surroundings.ts";

/**
 * A puzzle for a buyer who is about to join: the dearer, the more buyers asked for one from where they are, and the busier we are.
 * Who asks is counted, not who joined: else ten minutes' worth of cheap puzzles could be taken before the first join. It is a
 * price alone: a carrier's customers share an address, and no lane goes by who only asked.
 */
export async function issueChallenge(
  { records, key, judgesSources }: AdmitDependencies,
  who: For & { readonly address: string },
  load: number,
  nowMs: number,
): Promise<InferOutput<typeof challengeAnswer>> {
  const { risk } = judgesSources ? judge(await noteAsking(records, key, who, nowMs)) : { risk: 0 as const };
  const challenge = await makeChallenge(key, who, costOf(risk, load), nowMs);
  return { challenge, triesOnAverage: TRIES_ON_AVERAGE };
}
