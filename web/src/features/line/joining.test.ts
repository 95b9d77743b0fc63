import { describe, expect, it } from "vitest";
import type { Challenge } from "../api/contract.ts";
import { afterJoinEvent, type JoinEvent, notJoining, progressOf } from "./joining.ts";

const challenge = { signature: "1" } as Challenge;
const solution = { counter: 7, derivedKey: "00" };
const wanted = { kind: "wanted", quantity: 2, canCheck: true } as const;
const challenged = { kind: "challenged", challenge, triesOnAverage: 256 } as const;
const solved = { kind: "solved", solution } as const;
const wrong = { kind: "wrong_solution" } as const;

const after = (...events: JoinEvent[]) => events.reduce(afterJoinEvent, notJoining);

describe("a join", () => {
  it("asks for a challenge, has it solved, and is sent with what solves it", () => {
    expect(after(wanted)).toEqual({ kind: "asking", quantity: 2, challenges: 1 });
    expect(after(wanted, challenged)).toMatchObject({ kind: "solving", challenge, tries: 0 });
    expect(after(wanted, challenged, { kind: "tried", tries: 40 })).toMatchObject({ tries: 40 });
    expect(after(wanted, challenged, solved)).toMatchObject({
      kind: "sending",
      quantity: 2,
      solved: { challenge, solution },
    });
    expect(after(wanted, challenged, solved, { kind: "answered" })).toBe(notJoining);
  });

  it("that was not answered clearly goes on with the same solution", () =>
    expect(after(wanted, challenged, solved, { kind: "unclear" })).toMatchObject({
      kind: "sending",
      isAgain: true,
      solved: { solution },
    }));

  it("whose challenge is wrong or expired gets one other, and then the slower lane", () => {
    const once = [wanted, challenged, solved, wrong] as const;
    expect(after(...once)).toEqual({ kind: "asking", quantity: 2, challenges: 2 });
    expect(after(...once, challenged, solved, wrong)).toEqual({
      kind: "offered",
      quantity: 2,
      why: "failed",
    });
  });

  it("gets the slower lane where the browser cannot do the check, and is not put there unasked", () => {
    const offered = after({ ...wanted, canCheck: false });
    expect(offered).toEqual({ kind: "offered", quantity: 2, why: "unable" });
    expect(afterJoinEvent(offered, { kind: "without_check" })).toMatchObject({
      kind: "sending",
      quantity: 2,
      solved: null,
    });
  });

  it.each([
    ["no challenge comes", [wanted]],
    ["the worker breaks", [wanted, challenged]],
  ] as const)("is offered the slower lane when %s", (_, events) =>
    expect(after(...events, { kind: "failed" })).toMatchObject({ kind: "offered", why: "failed" }),
  );

  it.each([[[wanted]], [[wanted, challenged]]] as const)(
    "goes without the check, or is taken back, at any time before it is sent",
    (events) => {
      expect(after(...events, { kind: "without_check" })).toMatchObject({ kind: "sending", solved: null });
      expect(after(...events, { kind: "cancelled" })).toBe(notJoining);
    },
  );

  it("that was sent is not taken back, and what comes late changes nothing", () => {
    const sent = after(wanted, challenged, solved);
    for (const event of [
      { kind: "cancelled" },
      { kind: "without_check" },
      { kind: "tried", tries: 9 },
      solved,
      wanted,
    ] as const)
      expect(afterJoinEvent(sent, event)).toBe(sent);
    for (const event of [challenged, solved, wrong, { kind: "failed" }, { kind: "dropped" }] as const)
      expect(after(event)).toBe(notJoining);
  });

  it("is dropped in every state, once somebody else is signed in", () => {
    for (const events of [[wanted], [wanted, challenged], [wanted, challenged, solved]] as const)
      expect(after(...events, { kind: "dropped" })).toBe(notJoining);
  });
});

describe("the progress", () => {
  it("rises with each try, is about two thirds at the average, and never claims to be done", () => {
    expect(progressOf(0, 256)).toBe(0);
    expect(progressOf(256, 256)).toBeCloseTo(0.633, 2);
    expect(progressOf(2_000, 256)).toBeGreaterThan(0.99);
    expect(progressOf(2_000, 256)).toBeLessThan(1);
  });
});
