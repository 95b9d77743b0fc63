import { expect, test } from "vitest";
import { parseFlags } from "./parse-flags.ts";

test("without flags three open sales are foreseen", () => {
  expect(parseFlags([])).toMatchObject({ command: "forecast", crowd: undefined, mode: "open", seed: 1 });
});

test("each flag is read", () => {
  const args = ["--crowd", "1000000", "--units", "10000", "--mode", "draw", "--seed", "7", "--json"];
  expect(parseFlags(args)).toMatchObject({
    crowd: 1_000_000,
    units: 10_000,
    mode: "draw",
    seed: 7,
    wantsJson: true,
  });
});

test.each([
  [["--mode", "auction"], "--mode must be one of open, waiting_room, draw"],
  [["--crowd", "many"], "--crowd must be a whole number from 1"],
  [["--measure", "--validate"], "do not go together"],
  [["--shoppers", "5"], "npm run capacity -- --help"],
])("%j is refused in a sentence", (args, sentence) => {
  expect(() => parseFlags(args)).toThrow(sentence);
});
