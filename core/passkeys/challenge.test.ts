import { describe, expect, test } from "vitest";
import { sessionSigner } from "../identity/session.ts";
import { newBuyerId } from "../ids.ts";
import { CHALLENGE_SECONDS, isOwnChallenge, issueChallenge, markOf } from "./challenge.ts";

const NOW_MS = Date.parse("2026-11-27T09:00:00.000Z");
const signer = sessionSigner("a-secret-of-thirty-two-characters!", "local");
const ada = newBuyerId(NOW_MS);

describe("a challenge for a passkey", () => {
  test("is good for its purpose, in its time", () => {
    const toSignIn = issueChallenge(signer, null, NOW_MS);
    const toAdd = issueChallenge(signer, ada, NOW_MS);
    const last = NOW_MS + CHALLENGE_SECONDS * 1000 - 1;
    expect(isOwnChallenge(signer, toSignIn, null, last)).toBe(true);
    expect(isOwnChallenge(signer, toAdd, ada, last)).toBe(true);
    expect(isOwnChallenge(signer, toSignIn, null, last + 1)).toBe(false);
    expect(isOwnChallenge(signer, toSignIn, ada, NOW_MS)).toBe(false);
    expect(isOwnChallenge(signer, toAdd, null, NOW_MS)).toBe(false);
    expect(isOwnChallenge(signer, toAdd, newBuyerId(NOW_MS), NOW_MS)).toBe(false);
  });

  test("that nobody signed here, or that was changed, is none", () => {
    const text = issueChallenge(signer, null, NOW_MS);
    expect(isOwnChallenge(signer, `A${text.slice(1)}`, null, NOW_MS)).toBe(false);
    expect(isOwnChallenge(signer, "", null, NOW_MS)).toBe(false);
    const other = sessionSigner("a-secret-of-thirty-two-characters!", "dev");
    expect(isOwnChallenge(other, text, null, NOW_MS)).toBe(false);
  });

  test("is another one each time", () => {
    const marks = [1, 2].map(() => markOf(issueChallenge(signer, null, NOW_MS)));
    expect(marks[0]).not.toBe(marks[1]);
  });
});
