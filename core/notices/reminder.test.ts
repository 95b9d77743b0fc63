import { expect, test } from "vitest";
import { reminderAt } from "./reminder.ts";

const startsAtMs = Date.parse("2026-11-27T09:00:00.000Z");
const minutes = (count: number) => count * 60_000;
const open = { mode: { kind: "open" }, startsAtMs } as const;
const room = {
  mode: {
    kind: "waiting_room",
    closesAt: "2026-11-27T08:50:00.000Z",
    listSeconds: 30,
    turnSeconds: 300,
    admissionsPerSecond: 1,
    mostInside: 1,
  },
  startsAtMs,
} as const;

const at = (left: number) => reminderAt(open, startsAtMs - left);

test("people are reminded a quarter of an hour before, and not in the last minute", () => {
  expect([at(minutes(15) + 1), at(minutes(15)), at(minutes(1)), at(minutes(1) - 1), at(-1)]).toEqual([
    "early",
    "due",
    "due",
    "over",
    "over",
  ]);
});

test("where people stand in line they are reminded before its first list closes", () => {
  expect(reminderAt(room, startsAtMs - minutes(25))).toBe("due");
  expect(reminderAt(room, startsAtMs - minutes(10))).toBe("over");
});
