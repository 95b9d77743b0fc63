import { expect, test } from "vitest";
import { readableLine } from "./readable-logs.ts";

const entry = {
  level: "WARN",
  message: "left to the relay",
  timestamp: "2026-11-27T15:48:13.301Z",
  service: "flash-sale",
  sampling_rate: 0,
  saleId: "sale_01M8EV2QSQ58AMS84Z4H42Q55Q",
  traceId: "1-6b09a63d-e532a5a0c7254104b85c8ca7",
  why: "the queue is silent",
  error: { name: "TimeoutError", location: "node:net:1", message: "socket hang up", stack: "at …" },
};

test("a line of the log says when, how bad, what and of which sale", () => {
  const line = readableLine(JSON.stringify(entry));
  expect(line).toMatch(
    /^\d\d:\d\d:13 {2}WARN {3}left to the relay {2}saleId=sale_01M8EV2QSQ58AMS84Z4H42Q55Q/,
  );
  expect(line).toContain('why="the queue is silent"');
  expect(line).toContain('error="TimeoutError: socket hang up"');
  expect(line).not.toMatch(/stack|service|trace/);
});

test("what is no line of the log stays as it is", () => {
  for (const text of ["  0.3 s  Redis", '{"level":', '{"level":"WARN"}', "", '{"sales":[]}'])
    expect(readableLine(text)).toBe(text);
});
