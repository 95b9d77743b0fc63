import { expect, test } from "vitest";
import { isReminderOffered } from "./remind-before.ts";

const startsAt = "2026-11-27T10:00:00.000Z";
const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

test("a mail is offered until a quarter of an hour before the sale opens", () => {
  const sale = { startsAt, mode: { kind: "open" } } as const;
  expect(isReminderOffered(sale, at("09:44:59.999"))).toBe(true);
  expect(isReminderOffered(sale, at("09:45:00"))).toBe(false);
});

test("where people stand in line it is the closing of the first list that counts", () => {
  const mode = {
    kind: "draw",
    closesAt: "2026-11-27T09:30:00.000Z",
    resultAt: "2026-11-27T09:45:00.000Z",
    turnSeconds: 86_400,
  } as const;
  expect(isReminderOffered({ startsAt, mode }, at("09:14:59"))).toBe(true);
  expect(isReminderOffered({ startsAt, mode }, at("09:15:00"))).toBe(false);
});
