import { describe, expect, it } from "vitest";
import type { Reply } from "../api/request.ts";
import type { ChallengeAnswer, Problem, ProblemKind } from "../api/contract.ts";
import { askChallenge } from "./ask-challenge.ts";

const answer = { triesOnAverage: 256 } as ChallengeAnswer;
const given: Reply<ChallengeAnswer> = { kind: "ok", value: answer, sentAtMs: 0, receivedAtMs: 0 };
const silence: Reply<ChallengeAnswer> = { kind: "no_answer" };
const refused = (kind: ProblemKind, retryAfterSeconds?: number): Reply<ChallengeAnswer> => ({
  kind: "refused",
  problem: { kind, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } as Problem,
});
const times = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

/** What comes of these replies, one a try, and the waits between them. */
async function askedWith(...replies: Reply<ChallengeAnswer>[]) {
  const waits: number[] = [];
  const result = await askChallenge({
    ask: async () => replies.shift()!,
    isWanted: () => replies.length > 0,
    wait: async (ms) => void waits.push(ms),
  });
  return { result, waits, left: replies.length };
}

describe("a challenge", () => {
  it.each(["rate_limited", "unavailable"] as const)(
    "is asked for as long as the answer is %s",
    async (kind) =>
      expect(await askedWith(...times(30, refused(kind)), given)).toMatchObject({ result: answer, left: 0 }),
  );

  it("is asked for as long as a throttle answers in the API's stead", async () =>
    expect(await askedWith(...times(30, { ...silence, status: 503 }), given)).toMatchObject({
      result: answer,
    }));

  it("is asked for again when the refusal says, and not all at once", async () => {
    const { waits } = await askedWith(...times(20, refused("rate_limited", 4)), given);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(4_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(4_400);
    expect(new Set(waits).size).toBeGreaterThan(1);
  });

  it("is asked for four times where nothing answers, or the API fails; a refusal in between begins anew", async () => {
    const failed = refused("internal");
    expect(await askedWith(silence, failed, silence, failed, given)).toMatchObject({ result: null, left: 1 });
    const between = [...times(3, silence), refused("rate_limited"), ...times(3, silence)];
    expect(await askedWith(...between, given)).toMatchObject({ result: answer });
  });

  it("is asked for no more after a refusal that is final, or once nobody wants it", async () => {
    expect(await askedWith(refused("line_closed"), given)).toMatchObject({ result: "line_closed", left: 1 });
    expect(await askedWith(refused("rate_limited"))).toMatchObject({ result: null });
  });
});
