import { expect, test } from "vitest";
import { instantOf, wallTimeAt } from "./zoned-time.ts";

const iso = (wall: string, zone: string) => {
  const ms = instantOf(wall, zone);
  return ms === null ? null : new Date(ms).toISOString();
};

test.each([
  ["2026-11-27T10:00", "Europe/Berlin", "2026-11-27T09:00:00.000Z"],
  ["2026-07-01T10:00:30", "Europe/Berlin", "2026-07-01T08:00:30.000Z"],
  ["2026-11-27T10:00", "America/Los_Angeles", "2026-11-27T18:00:00.000Z"],
  ["2026-11-27T10:00", "Asia/Kolkata", "2026-11-27T04:30:00.000Z"],
  ["2026-11-27T10:00", "UTC", "2026-11-27T10:00:00.000Z"],
])("%s in %s is %s", (wall, zone, expected) => {
  expect(iso(wall, zone)).toBe(expected);
  expect(wallTimeAt(Date.parse(expected), zone).startsWith(wall)).toBe(true);
});

test("a time that clocks leap over does not exist; one that they show twice is the first", () => {
  expect(iso("2026-03-29T02:30", "Europe/Berlin")).toBeNull();
  expect(iso("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
  expect(iso("2026-11-01T01:30", "America/New_York")).toBe("2026-11-01T05:30:00.000Z");
});

test("what is no time is none", () => {
  expect(instantOf("", "UTC")).toBeNull();
});
