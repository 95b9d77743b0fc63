import { describe, expect, test } from "vitest";
import { fieldsOfGuests, readGuests } from "./guests-form.ts";

const zone = "Europe/Berlin";
const startsAtMs = Date.parse("2026-11-27T09:00:00.000Z");
const everybody = fieldsOfGuests({ kind: "everybody" }, zone);
const listed = {
  kind: "listed",
  by: "codes",
  tiers: [{ name: "Gold", startsAt: "2026-11-27T08:30:00.000Z" }],
} as const;

describe("who may come, as the form has it", () => {
  test("comes back as it was", () => {
    for (const guests of [
      { kind: "everybody" } as const,
      { ...listed, tiers: [] },
      { ...listed, tiers: [...listed.tiers] },
    ])
      expect(readGuests(fieldsOfGuests(guests, zone), zone, startsAtMs)).toEqual({ kind: "valid", guests });
    expect(fieldsOfGuests({ ...listed, tiers: [...listed.tiers] }, zone).tierStartsAt1).toBe(
      "2026-11-27T09:30:00",
    );
  });

  test.each([
    ["a tier without a name", { tierStartsAt1: "2026-11-27T09:30" }, "tierName1", "name"],
    ["a tier without a time", { tierName2: "Gold" }, "tierStartsAt2", "time"],
    [
      "a tier that comes too late",
      { tierName1: "Gold", tierStartsAt1: "2026-11-27T10:00" },
      "tierStartsAt1",
      "late",
    ],
    ["nobody who comes first", { guests: "listed_first" }, "tierName1", "name"],
  ])("%s is named at its field", (_, changed, field, why) => {
    const fields = { ...everybody, guests: "listed", ...changed };
    expect(readGuests(fields, zone, startsAtMs)).toEqual({ kind: "wrong", field, why });
  });
});
