import { expect, test } from "vitest";
import { wrongModeFields } from "../contract/sale-mode.ts";
import { lineTimes } from "./line-times.ts";

const STARTED_MS = Date.parse("2026-11-28T03:00:00.000Z");

test.each(["waiting_room", "draw"] as const)("a rehearsed %s keeps the rules of any sale", (kind) => {
  for (const buyers of [1, 1_000]) {
    const { mode, startsAtMs } = lineTimes(kind, buyers, STARTED_MS);
    expect(wrongModeFields(mode, startsAtMs)).toEqual([]);
  }
});

test("a list is open until the last of its crowd is in, at the firewall's pace", () => {
  const { mode } = lineTimes("draw", 1_000, STARTED_MS);
  expect(mode).toMatchObject({ closesAt: "2026-11-28T03:03:50.000Z", resultAt: "2026-11-28T03:04:50.000Z" });
  expect(lineTimes("open", 1_000, STARTED_MS).startsAtMs).toBeLessThan(STARTED_MS);
});
