import { type ClientAnswer, isFinal } from "../verdict/client-answer.ts";

/** Refusals at the door: nothing was decided, and an intent that got nothing else has no order. */
const atTheDoor: ReadonlySet<ClientAnswer["kind"]> = new Set(["not_open", "not_your_turn", "rate_limited"]);
export const isAtTheDoor = ({ kind }: ClientAnswer): boolean => atTheDoor.has(kind);

const intentOf = ({ buyerId, key }: ClientAnswer) => `${buyerId} ${key}`;

/**
 * What was said to whoever came in. An unclear answer that was followed by a refusal at the door goes too: the gate looks at the key
 * before the turn, so such an intent has no order; a log without it finds one all the same.
 */
export function withoutTheDoor(log: readonly ClientAnswer[]): ClientAnswer[] {
  const last = new Map(log.map((answer) => [intentOf(answer), answer]));
  const endedThere = (answer: ClientAnswer) => isAtTheDoor(last.get(intentOf(answer)) ?? answer);
  return log.filter((answer) => !isAtTheDoor(answer) && (isFinal(answer) || !endedThere(answer)));
}
