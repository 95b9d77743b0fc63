import { expect, test } from "vitest";
import { logLine } from "./log.ts";

const at = new Date("2026-11-27T09:00:00.000Z");
const parsed = (details: Readonly<Record<string, unknown>>) =>
  JSON.parse(logLine("WARN", "it broke", details, at)) as Record<string, unknown>;

test("a line is one line of JSON, which says when, where and what, and its details", () => {
  const line = logLine("ERROR", "two\nlines", { saleId: "sale_1", error: new Error("a\nb") }, at);
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toMatchObject({
    level: "ERROR",
    message: "two\nlines",
    timestamp: "2026-11-27T09:00:00.000Z",
    service: "flash-sale",
    saleId: "sale_1",
    error: { name: "Error", message: "a\nb" },
  });
});

test("an error brings its code, its causes and those that came together", () => {
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  const error = new TypeError("failed", { cause: new AggregateError([refused], "all failed") });
  expect(parsed({ error })["error"]).toMatchObject({
    name: "TypeError",
    stack: expect.stringContaining("log.test.ts") as string,
    cause: { name: "AggregateError", errors: [{ message: "refused", code: "ECONNREFUSED" }] },
  });
});

test("an error that is its own cause, a missing value and a large number are written all the same", () => {
  const error = new Error("circle");
  error.cause = error;
  expect(parsed({ error, missing: undefined, none: null, large: 10n })).toMatchObject({ large: "10" });
  expect(parsed({ missing: undefined, none: null })).not.toHaveProperty("none");
});

test("no detail can pass for the line's own words", () => {
  expect(parsed({ level: "INFO", message: "forged" })).toMatchObject({ level: "WARN", message: "it broke" });
});
