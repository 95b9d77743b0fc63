import { describe, expect, test } from "vitest";
import { decide, reservedState, stateFrom } from "./lifecycle.ts";
import { whyNotWithdraw, withdrawalEndsAtMs } from "./withdrawal.ts";

const RESERVED = Date.parse("2026-11-27T10:00:00.000Z");
const days = { kind: "days", days: 14, returnsGo: "on_sale" } as const;
const at = (instant: string) => Date.parse(instant);

describe("given an order of the 27th and fourteen days", () => {
  test("then its last day is the 11th, to its end", () => {
    expect(new Date(withdrawalEndsAtMs(14, RESERVED)).toISOString()).toBe("2026-12-11T23:59:59.999Z");
  });

  test.each([
    ["2026-11-27T10:00:00.000Z", null],
    ["2026-12-11T23:59:59.999Z", null],
    ["2026-12-12T00:00:00.000Z", "withdrawal_over"],
  ] as const)("when a withdrawal is received on %s: %s, whenever it is decided on", (received, why) => {
    expect(whyNotWithdraw(days, RESERVED, at(received))).toBe(why);
  });

  test("when the law's exception applies, then there is no withdrawal", () => {
    const excepted = { kind: "excepted", exception: "dated_service" } as const;
    expect(whyNotWithdraw(excepted, RESERVED, RESERVED)).toBe("withdrawal_excepted");
  });
});

describe("given a free order of two units", () => {
  const confirmed = stateFrom(reservedState(2), [{ kind: "confirmed", id: "confirm", number: 1 }]);
  const wish = {
    wishId: "w",
    units: 2,
    isWithheld: true,
    reason: "",
    actorId: "byr_1",
    withdrawnAtMs: RESERVED,
  };

  test("when its buyer withdraws in time, then it is returned, says when, and that is its end", () => {
    const decision = decide({ kind: "return", wish, refusal: null }, confirmed);
    expect(decision).toEqual({
      kind: "events",
      events: [
        {
          kind: "returned",
          id: "w",
          number: 2,
          units: 2,
          isWithheld: true,
          reason: "",
          actorId: "byr_1",
          withdrawnAtMs: RESERVED,
        },
      ],
    });
    const events = decision.kind === "events" ? decision.events : [];
    const history = [{ kind: "confirmed", id: "confirm", number: 1 } as const, ...events];
    expect(stateFrom(reservedState(2), history)).toMatchObject({ kind: "returned", unitsWithheld: 2 });
  });

  test("when it is too late, then the wish is refused with its reason, and nothing moves", () => {
    expect(decide({ kind: "return", wish, refusal: "withdrawal_over" }, confirmed)).toMatchObject({
      events: [{ kind: "wish_refused", why: "withdrawal_over", withdrawnAtMs: RESERVED }],
    });
  });
});
