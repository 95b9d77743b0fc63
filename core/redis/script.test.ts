import { expect, test } from "vitest";
import { scriptText } from "./script.ts";

test("a script's text names its keys and arguments in their order, and joins its parts behind them", () => {
  const text = scriptText({
    command: "give",
    parts: ["local function half(n) return n / 2 end", "return half(units)"],
    keys: ["stock", "buyers"],
    arguments: ["units", "buyerId"],
  });
  expect(text).toBe(
    [
      "local stockKey, buyersKey = KEYS[1], KEYS[2]",
      "local units, buyerId = ARGV[1], ARGV[2]",
      "local restFrom = 3",
      "",
      "local function half(n) return n / 2 end",
      "return half(units)",
    ].join("\n"),
  );
});

test("a script without keys or arguments names none", () => {
  const text = scriptText({ command: "ask", parts: ["return 1"], keys: [], arguments: [] });
  expect(text).toBe("local restFrom = 1\n\nreturn 1");
});
