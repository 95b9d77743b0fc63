import { describe, expect, test } from "vitest";
import { sessionSigner } from "../identity/session.ts";
import { openFlow, sealFlow } from "./flow.ts";

const NOW_MS = Date.parse("2026-11-27T09:00:00.000Z");
const signer = sessionSigner("a-secret-of-thirty-two-characters!", "local");
const flow = { state: "s", nonce: "n", verifier: "v", next: "/", expiresAtMs: NOW_MS + 1 };
const sealed = sealFlow(signer, flow);

describe("a sign-in at the merchant's provider", () => {
  test("goes on in the browser that it was begun in", () => {
    expect(openFlow(signer, sealed, NOW_MS)).toEqual(flow);
  });

  test.each([
    ["too late", sealed, NOW_MS + 1],
    ["with a flow that nobody signed", `${sealed.slice(0, -2)}AA`, NOW_MS],
    ["with a flow that was changed", `A${sealed.slice(1)}`, NOW_MS],
    ["without one", "", NOW_MS],
  ])("does not go on %s", (_, text, nowMs) => {
    expect(openFlow(signer, text, nowMs)).toBeNull();
  });

  test("does not go on in another stage", () => {
    expect(openFlow(sessionSigner("a-secret-of-thirty-two-characters!", "dev"), sealed, NOW_MS)).toBeNull();
  });
});
