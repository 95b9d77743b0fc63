import { expect, test } from "vitest";
import { type Appointment, calendarOf } from "./calendar.ts";

const opening: Appointment = {
  id: "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD",
  name: "Meridian turntable",
  description: "",
  url: "https://shop.example.com/sale/sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD",
  startsAt: "2026-11-27T09:00:00.000Z",
  endsAt: null,
  writtenAt: "2026-11-20T08:30:05.123Z",
};
/** As RFC 5545 reads it: what was folded is one line again. */
const linesOf = (settings: Partial<Appointment> = {}) =>
  calendarOf({ ...opening, ...settings })
    .replaceAll("\r\n ", "")
    .split("\r\n");

test("the opening in UTC, with a reminder; no end where none is known", () => {
  expect(linesOf()).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//flash-sale//EN",
    "BEGIN:VEVENT",
    "UID:sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD",
    "DTSTAMP:20261120T083005Z",
    "DTSTART:20261127T090000Z",
    "SUMMARY:Meridian turntable",
    "URL:https://shop.example.com/sale/sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-PT10M",
    "DESCRIPTION:Meridian turntable",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
  expect(linesOf({ endsAt: "2026-11-27T10:00:00.000Z" })).toContain("DTEND:20261127T100000Z");
});

test("what a merchant writes ends neither value nor line", () => {
  const lines = linesOf({ name: "Lamp; brass, small\\", description: "One.\nEND:VEVENT\r\nTwo." });
  expect(lines).toContain("SUMMARY:Lamp\\; brass\\, small\\\\");
  expect(lines).toContain("DESCRIPTION:One.\\nEND:VEVENT\\nTwo.");
  expect(lines.filter((line) => line === "END:VEVENT")).toHaveLength(1);
});

test("no line is longer than 75 bytes, and none is cut within a character", () => {
  const name = "Plattenspieler für Ü 🎶 ".repeat(12).trim();
  const lines = calendarOf({ ...opening, name }).split("\r\n");
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(linesOf({ name })).toContain(`SUMMARY:${name}`);
  expect(lines.join("")).not.toContain("\uFFFD");
});
