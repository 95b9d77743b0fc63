import type { InferOutput } from "valibot";
import type { challengeAnswer } from "../contract/challenge.ts";
import type { AdmitDependencies } from "./admit-join.ts";
import { type For, makeChallenge } from "./challenge.ts";
import { costOf, TRIES_ON_AVERAGE } from "./cost.ts";
import { judge } from "./risk.ts";
import { surroundingsOf } from "./surroundings.ts";

/** A puzzle for a buyer who is about to join: the dearer, the more have joined from where they are, and the busier we are. */
export async function issueChallenge(
  { records, key, judgesSources }: AdmitDependencies,
  who: For & { readonly address: string },
  load: number,
  nowMs: number,
): Promise<InferOutput<typeof challengeAnswer>> {
  const { risk } = judgesSources
    ? judge(await surroundingsOf(records, key, who, nowMs))
    : { risk: 0 as const };
  const challenge = await makeChallenge(key, who, costOf(risk, load), nowMs);
  return { challenge, triesOnAverage: TRIES_ON_AVERAGE };
}
