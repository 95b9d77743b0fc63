import { describe, expect, test } from "vitest";
import { phaseOf } from "./sale.ts";

const startsAtMs = Date.parse("2026-11-27T09:00:00.000Z");
const endsAtMs = Date.parse("2026-11-27T10:00:00.000Z");
const running = { state: "running", startsAtMs, endsAtMs } as const;
const paused = { ...running, state: "paused" } as const;
const ended = { ...running, state: "ended" } as const;
const left = { available: 3, held: 0 };
const none = { available: 0, held: 0 };

describe("phaseOf", () => {
  test.each([
    ["scheduled until its first millisecond", running, left, startsAtMs - 1, "scheduled"],
    ["open from its first millisecond", running, left, startsAtMs, "open"],
    ["open until the one before its end", running, left, endsAtMs - 1, "open"],
    ["ended from its end on", running, left, endsAtMs, "ended"],
    ["open for good without an end", { ...running, endsAtMs: null }, left, endsAtMs * 2, "open"],
    ["sold out when nothing is available", running, none, startsAtMs, "sold_out"],
    ["not sold out before it begins", running, none, startsAtMs - 1, "scheduled"],
    ["paused by an operator", paused, left, startsAtMs, "paused"],
    ["paused rather than sold out", paused, none, startsAtMs, "paused"],
    ["ended by an operator, before its start too", ended, left, startsAtMs - 1, "ended"],
    ["ended rather than sold out", running, none, endsAtMs, "ended"],
    ["recovering, never sold out, without trusted counters", running, null, startsAtMs, "recovering"],
    ["recovering rather than paused: the pause may hide a loss", paused, null, startsAtMs, "recovering"],
    ["scheduled before its start even without counters", running, null, startsAtMs - 1, "scheduled"],
    ["ended even without counters", running, null, endsAtMs, "ended"],
  ] as const)("%s", (_, sale, counters, nowMs, phase) => {
    expect(phaseOf({ ...sale, guests: { kind: "everybody" } }, counters, nowMs)).toBe(phase);
  });

  test("what a tier has bought up before the opening is sold out, and before the tier's it is not", () => {
    const tierMs = startsAtMs - 60_000;
    const tiers = [{ name: "Gold", startsAt: new Date(tierMs).toISOString() }];
    const sale = { ...running, guests: { kind: "listed_first" as const, by: "codes" as const, tiers } };
    expect(phaseOf(sale, left, tierMs)).toBe("scheduled");
    expect(phaseOf(sale, none, tierMs - 1)).toBe("scheduled");
    expect(phaseOf(sale, none, tierMs)).toBe("sold_out");
  });
});
