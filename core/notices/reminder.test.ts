import { expect, test } from "vitest";
import type { Sale } from "../sale/sale.ts";
import { dueOpenings, hasSurelyBegun, reminderAt } from "./reminder.ts";

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

const gold = startsAtMs - minutes(120);
const tiered: Pick<Sale, "mode" | "startsAtMs" | "guests"> = {
  ...open,
  guests: {
    kind: "listed_first",
    by: "codes",
    tiers: [{ name: "Gold", startsAt: new Date(gold).toISOString() }],
  },
};

test("guests on a tier are reminded before it opens, and everybody else before the sale does", () => {
  expect(reminderAt(tiered, gold - minutes(10), gold)).toBe("due");
  expect(reminderAt(tiered, gold - minutes(10))).toBe("early");
  expect(reminderAt(tiered, startsAtMs - minutes(10), gold)).toBe("over");
  expect(dueOpenings(tiered, gold - minutes(10))).toEqual([gold]);
  expect(dueOpenings(tiered, startsAtMs - minutes(10))).toEqual([startsAtMs]);
  expect(dueOpenings(room, startsAtMs - minutes(25))).toEqual([startsAtMs - minutes(10)]);
  expect(dueOpenings(tiered, startsAtMs - minutes(60))).toEqual([]);
});

test("a sale may be moved until it has begun, also in its last minute", () => {
  expect(hasSurelyBegun(open, startsAtMs - 1)).toBe(false);
  expect(hasSurelyBegun(room, startsAtMs - minutes(5))).toBe(false);
  expect(hasSurelyBegun(open, startsAtMs + minutes(1))).toBe(true);
});
