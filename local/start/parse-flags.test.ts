import { expect, test } from "vitest";
import { parseFlags } from "./parse-flags.ts";

test("without flags: the API in a process of its own, so many requests of a function at once", () => {
  expect(parseFlags([])).toEqual({
    port: 3000,
    host: "127.0.0.1",
    dataDir: ".local",
    isFresh: false,
    mustSeed: true,
    hasCluster: false,
    apiWorkers: 1,
    atOnce: 32,
    hasJsonLogs: false,
    wantsHelp: false,
  });
});

test("the API's processes and what each function serves at once are set by number", () => {
  const args = ["--api-workers", "2", "--concurrency", "8"];
  expect(parseFlags(args)).toMatchObject({ apiWorkers: 2, atOnce: 8 });
});

test("the API can be in the process of all else, for a debugger", () => {
  expect(parseFlags(["--api-workers", "0"])).toMatchObject({ apiWorkers: 0 });
});

test.each([
  [["--api-workers", "-1"], "Option '--api-workers' argument is ambiguous"],
  [["--api-workers=-1"], '--api-workers must be a whole number from 0, not "-1".'],
  [["--api-workers", ""], '--api-workers must be a whole number from 0, not "".'],
  [["--api-workers", "two"], '--api-workers must be a whole number from 0, not "two".'],
  [["--concurrency", "1.5"], '--concurrency must be a whole number from 1, not "1.5".'],
  [["--port", "0"], '--port must be a whole number from 1 to 64535, not "0".'],
])("%s is refused in a sentence", (args, sentence) => {
  expect(() => parseFlags(args)).toThrow(sentence);
});
