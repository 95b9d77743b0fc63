import { describe, expect, test } from "vitest";
import { fieldsOfSaleMode, isTooLate, type ModeFields, readMode, timesBefore } from "./mode-form.ts";

const ZONE = "Europe/Berlin";
const STARTS_MS = Date.parse("2026-11-27T09:00:00.000Z");
const room: ModeFields = {
  mode: "waiting_room",
  closesAt: "2026-11-27T09:50",
  resultAt: "",
  listSeconds: "30",
  turnMinutes: "2.5",
  admissionsPerSecond: "10",
  mostInside: "500",
};
const draw: ModeFields = { ...room, mode: "draw", resultAt: "2026-11-27T09:55", turnMinutes: "1440" };
const read = (fields: ModeFields) => readMode(fields, ZONE, STARTS_MS);

test("a waiting room, times of the chosen zone, and a turn in seconds", () => {
  expect(read(room)).toEqual({
    kind: "valid",
    mode: {
      kind: "waiting_room",
      closesAt: "2026-11-27T08:50:00.000Z",
      listSeconds: 30,
      turnSeconds: 150,
      admissionsPerSecond: 10,
      mostInside: 500,
    },
  });
});

test("a draw has no pace, and whoever comes first no line", () => {
  const mode = {
    kind: "draw",
    closesAt: "2026-11-27T08:50:00.000Z",
    resultAt: "2026-11-27T08:55:00.000Z",
    turnSeconds: 86_400,
  };
  expect(read(draw)).toEqual({ kind: "valid", mode });
  expect(read({ ...room, mode: "open", closesAt: "" })).toEqual({ kind: "valid", mode: { kind: "open" } });
});

test.each([
  [{ closesAt: "" }, "closesAt", "time"],
  [{ closesAt: "2026-11-27T09:58:30" }, "closesAt", "late"],
  [{ listSeconds: "5" }, "listSeconds", "number"],
  [{ turnMinutes: "0.1" }, "turnMinutes", "number"],
  [{ turnMinutes: "1441" }, "turnMinutes", "number"],
  [{ admissionsPerSecond: "" }, "admissionsPerSecond", "number"],
  [{ admissionsPerSecond: "1.5" }, "admissionsPerSecond", "number"],
  [{ mostInside: "0" }, "mostInside", "number"],
] as const)("a room with %j is wrong at its field", (change, field, why) => {
  expect(read({ ...room, ...change })).toEqual({ kind: "wrong", wrong: [{ field, why }] });
});

test.each([
  [{ resultAt: "" }, "time"],
  [{ resultAt: "2026-11-27T09:50:10" }, "early"],
  [{ resultAt: "2026-11-27T10:01" }, "late"],
] as const)("a draw with %j is wrong at its result", (change, why) => {
  expect(read({ ...draw, ...change })).toEqual({ kind: "wrong", wrong: [{ field: "resultAt", why }] });
});

test("all wrong fields are named at once", () => {
  const all = read({ ...room, closesAt: "", listSeconds: "", mostInside: "x" });
  expect(all).toMatchObject({
    wrong: [{ field: "closesAt" }, { field: "listSeconds" }, { field: "mostInside" }],
  });
});

test("what the form shows of a mode is read back as that mode", () => {
  for (const fields of [room, draw]) {
    const first = read(fields);
    if (first.kind !== "valid") throw new Error("wrong");
    expect(read(fieldsOfSaleMode(first.mode, ZONE))).toEqual(first);
  }
});

describe("the times of a line that nobody has chosen", () => {
  const startsAtMs = Date.parse("2026-11-27T09:00:00Z");

  test("are what the contract allows at the latest", () => {
    const times = timesBefore(startsAtMs, "Europe/Berlin");
    expect(times).toEqual({ closesAt: "2026-11-27T09:58:00", resultAt: "2026-11-27T09:59:00" });
    const fields = { ...fieldsOfSaleMode({ kind: "open" }, "Europe/Berlin"), ...times };
    for (const mode of ["waiting_room", "draw"])
      expect(readMode({ ...fields, mode }, "Europe/Berlin", startsAtMs)).toMatchObject({ kind: "valid" });
  });

  test("are too late once the first list would have closed", () => {
    const closesAt = "2026-11-27T09:58:00";
    const fields = { ...fieldsOfSaleMode({ kind: "open" }, "UTC"), mode: "draw", closesAt };
    const late = (iso: string, mode = "draw") => isTooLate({ ...fields, mode }, "UTC", Date.parse(iso));
    expect(late("2026-11-27T09:57:59Z")).toBe(false);
    expect(late("2026-11-27T09:58:00Z")).toBe(true);
    expect(late("2026-11-27T09:58:00Z", "open")).toBe(false);
  });
});
