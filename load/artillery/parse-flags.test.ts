import { expect, test } from "vitest";
import { helpText, parseFlags } from "./parse-flags.ts";
import { planOf, scenarioNames, shoppersOf } from "./scenarios.ts";

test("each scenario has sizes of its own", () => {
  expect(scenarioNames.map((name) => parseFlags([name]).units)).toEqual([200, 200, 100, 1500]);
  expect(parseFlags(["soak"])).toEqual({
    scenario: "soak",
    url: "http://127.0.0.1:4000",
    dataDir: ".local",
    shoppers: 9_000,
    units: 1_500,
    seconds: 600,
    sales: 3,
    wantsHelp: false,
  });
});

test("flags shorten and size a run", () => {
  const flags = parseFlags(["soak", "--seconds", "30", "--shoppers", "300", "--units", "50", "--sales", "2"]);
  expect(flags).toMatchObject({ seconds: 30, shoppers: 300, units: 50, sales: 2 });
  expect(planOf(flags)).toMatchObject({
    sales: 2,
    units: 50,
    variables: { LOAD_RATE: 10, LOAD_SECONDS: 30 },
  });
});

test("a flood is 50 times the units, whatever it is told of shoppers, after all are sold", () => {
  const plan = planOf(parseFlags(["flood", "--units", "20"]));
  const { LOAD_SHOPPERS = 0, LOAD_SHOPPERS_IN_ONE = 0 } = plan.variables;
  expect(LOAD_SHOPPERS * LOAD_SHOPPERS_IN_ONE).toBe(1_000);
  expect(plan).toMatchObject({ isSoldOutFirst: true, sales: 1 });
  expect(plan.opensInSeconds).toBeLessThan(0);
});

test("drop and arrivals open when those who wait have come", () => {
  for (const name of ["drop", "arrivals"])
    expect(planOf(parseFlags([name, "--seconds", "12"])).opensInSeconds).toBeGreaterThan(12);
});

const most = (...args: string[]) => shoppersOf(planOf(parseFlags(args)));

test("no more shoppers come than are signed in for a stage", () => {
  expect(most("drop", "--shoppers", "100")).toBeGreaterThanOrEqual(100);
  expect(most("arrivals", "--shoppers", "100")).toBeGreaterThanOrEqual(100);
  expect(most("flood", "--units", "10")).toBeGreaterThanOrEqual(500);
  expect(most("soak", "--shoppers", "600", "--seconds", "60")).toBeGreaterThanOrEqual(600);
});

test.each([
  [[], "Name a scenario, one of drop, arrivals, flood, soak"],
  [["rush"], "Name a scenario, one of drop, arrivals, flood, soak"],
  [["drop", "--units", "0"], '--units must be a whole number from 1, not "0".'],
  [["drop", "--peak", "3"], "see `npm run load -- --help`"],
])("%s is refused in a sentence", (args, sentence) => {
  expect(() => parseFlags(args)).toThrow(sentence);
});

test("the help names every scenario and flag", () => {
  expect(parseFlags(["--help"]).wantsHelp).toBe(true);
  for (const word of [...scenarioNames, "--url", "--data", "--shoppers", "--units", "--seconds", "--sales"])
    expect(helpText).toContain(word);
});
