import type { Forecast, Run } from "../forecast.ts";
import { quotas } from "../quotas.ts";
import { count, dollars, type Row, seconds, table } from "./markdown.ts";

/** From this share of a quota on it is worth a line. */
const NEAR = 0.5;

/** Launches of one mode beside each other. */
export function formatForecasts(forecasts: readonly Forecast[]): string {
  return [
    formatRuns(forecasts),
    `Quotas that a launch needs at least half of, each as many times what an account has at first:`,
    needsTable(forecasts),
    `Cost of a launch beside the idle stage, in US dollars by the prices of docs/costs.md:`,
    costsTable(forecasts),
  ].join("\n\n");
}

const headOf = (forecasts: readonly Forecast[], first: string): Row => [
  first,
  ...forecasts.map(({ launch: { crowd, units } }) => `${count(crowd)} want ${count(units)}`),
];

type Line = readonly [string, (forecast: Forecast) => string];

const tellRun = (what: string, of: (run: Run) => string): Line => [
  what,
  ({ asDeployed, provisioned }) => {
    const [first, second] = [of(asDeployed), of(provisioned)];
    return first === second ? first : `${first} → ${second}`;
  },
];

const lines: readonly Line[] = [
  tellRun("sold out after", ({ outcome }) => seconds(outcome.soldOutMs)),
  tellRun("19 of 20 units after", ({ outcome }) => seconds(outcome.nearlySoldOutMs)),
  tellRun("everybody knows after", ({ outcome }) => seconds(outcome.everybodyKnowsMs)),
  tellRun("last order in PostgreSQL after", ({ outcome }) => seconds(outcome.confirmedMs)),
  tellRun("bottleneck until sold out", ({ limits }) => limits.untilSoldOut),
  tellRun("bottleneck until all know", ({ limits }) => limits.untilEverybodyKnows),
  tellRun("environments: warm", ({ plan }) => count(plan.warm)),
  tellRun("environments: most at once", ({ outcome }) => count(outcome.environments.mostBusy)),
  tellRun("tries", ({ outcome }) => count(outcome.tries)),
  tellRun("turned away by the API's throttle", ({ outcome }) =>
    count(outcome.turnedAway["API throttle"] ?? 0),
  ),
  tellRun("turned away for want of environments", ({ outcome }) =>
    count(outcome.turnedAway["environments"] ?? 0),
  ),
  tellRun(
    "Buy until accepted, p50 / p95",
    ({ outcome: { untilAccepted } }) => `${seconds(untilAccepted.p50Ms)} / ${seconds(untilAccepted.p95Ms)}`,
  ),
  tellRun("CDN a second: pages that look", ({ perSecond }) => count(perSecond.looks)),
  tellRun("API a second", ({ perSecond }) => count(perSecond.api)),
  tellRun("gate a second", ({ perSecond }) => count(perSecond.gate)),
  tellRun("gate busy until sold out", ({ outcome }) => share(outcome.atSellOut?.busy["gate"])),
  tellRun("gate's megabits a second", ({ gateMegabits }) => count(gateMegabits)),
  tellRun("ledger a second", ({ perSecond }) => count(perSecond.ledger)),
  tellRun("ledger busy until sold out", ({ outcome }) => share(outcome.atSellOut?.busy["ledger"])),
  tellRun("queue a second", ({ perSecond }) => count(perSecond.queue)),
];

const share = (value: number | undefined) => (value === undefined ? "–" : `${Math.round(100 * value)} %`);

/** What becomes of them alone, without quotas and cost. */
export function formatRuns(forecasts: readonly Forecast[]): string {
  const rows = lines.map(([what, of]) => [what, ...forecasts.map(of)]);
  return table(headOf(forecasts, "as deployed → as provisioned"), rows);
}

function needsTable(forecasts: readonly Forecast[]): string {
  const names = [
    ...new Set(
      forecasts.flatMap(({ needs }) => needs.filter(({ times }) => times >= NEAR).map(({ quota }) => quota)),
    ),
  ];
  const rows = names.map((name) => [
    `${quotas[name].what}: ${count(quotas[name].value)}`,
    ...forecasts.map(({ needs }) => {
      const need = needs.find(({ quota }) => quota === name);
      if (!need) return "–";
      return `${count(need.needed)} (${need.times.toFixed(need.times < 1 ? 2 : 1)}×)`;
    }),
    forecasts.flatMap(({ needs }) => needs.filter(({ quota, times }) => quota === name && times > 1))[0]
      ?.remedy ?? "",
  ]);
  return table([...headOf(forecasts, "quota"), "if it is too small"], rows);
}

function costsTable(forecasts: readonly Forecast[]): string {
  const names = [...new Set(forecasts.flatMap(({ costs }) => costs.map(({ what }) => what)))];
  const rows = names.map((name) => [
    name,
    ...forecasts.map(({ costs }) => dollars(costs.find(({ what }) => what === name)?.usd ?? 0)),
  ]);
  const total = forecasts.map(({ costs }) => `**${dollars(costs.reduce((sum, { usd }) => sum + usd, 0))}**`);
  return table(headOf(forecasts, ""), [...rows, ["**together**", ...total]]);
}
