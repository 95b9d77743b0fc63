import { type CostLine, idleCosts, usdOf } from "./idle-costs.ts";
import { type Price, prices } from "./prices.ts";
import { assumed, saleCosts } from "./sale-costs.ts";

const CROWDS = [10_000, 100_000, 1_000_000];
const STAGES = ["production", "preview", "dev"] as const;

const dollars = (usd: number) => usd.toFixed(2);
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const total = (lines: readonly CostLine[]) => lines.reduce((sum, line) => sum + usdOf(line), 0);
const nameOf = (line: CostLine) => `${line.what} (${line.price})`;

const usd = (lines: readonly CostLine[], name: string) =>
  total(lines.filter((line) => nameOf(line) === name));

/** Lines beside each other by what they are for; a column without one costs nothing there. */
function sideBySide(columns: readonly (readonly CostLine[])[]) {
  const names = [...new Set(columns.flatMap((lines) => lines.map(nameOf)))];
  return [
    ...names.map((name) => [name, ...columns.map((lines) => dollars(usd(lines, name)))]),
    ["**together**", ...columns.map((lines) => `**${dollars(total(lines))}**`)],
  ];
}

function sourceOf({ source }: Price): string {
  return source ? `[${source.name}](${source.url}), ${source.asOf}` : "not found: remembered, check it";
}

const DAY_HOURS = 24;
/** Two nodes, two zones. */
const largeGateUsd = 2 * DAY_HOURS * prices["cache.r7g.large, Valkey"].usd;
const largeOrdersUsd = 2 * DAY_HOURS * prices["db.m7g.large"].usd;

/** The document of the costs, made of what a deploy makes and of the prices. */
export function formatCosts(): string {
  const stages = STAGES.map(idleCosts);
  const crowds = CROWDS.map(saleCosts);
  return `# Costs

Made by \`tests/costs/\` of what the stacks deploy; a test fails while it is not what they would say, and \`npx vitest run --project
synthesis tests/costs -u\` writes it anew. US dollars, us-east-1, on demand, without free tiers and taxes. No
bill was seen.

## Idle, a month of 730 hours

${table(["", ...STAGES], sideBySide(stages))}

Not in it: backups beyond the size of the database, logs, a domain, and what raising the ledger's warm throughput costs, once, where
a large crowd is expected (no list that we found has the price). A preview is meant to live for hours. The budget of a stage warns
at 80 % of what \`stacks/stage.ts\` allows it.

**A large sale costs more by the hour, from the day before until the day after.** A gate of cache.r7g.large is
${dollars(largeGateUsd)} a day, PostgreSQL on db.m7g.large ${dollars(largeOrdersUsd)}; "The day before a sale" in [deploying.md](deploying.md) says how.

**What could still be cut.** \`orders.isMultiAz: false\` delays rows while a zone is down: orders wait in the queue, and recovery of a
gate waits too. \`gate.replicas: 0\` makes a lost node take minutes instead of seconds; the ledger holds what was sold either way.
Nodes can be reserved for a year. **What cannot:** the endpoint of SQS, without which nothing in the network can send an order on.

## One sale, by shoppers who each try once

${table(["", ...CROWDS.map((crowd) => crowd.toLocaleString("en"))], sideBySide(crowds))}

A shopper is taken to load ${assumed.files} files of ${assumed.kilobytes} KB together, to ask ${assumed.statusRequests} times for the status, which the CDN
answers, and to sign in by mail for this sale. The sale has ${assumed.orders.toLocaleString("en")} units; environments are warm for
${assumed.attemptsPerSecond.toLocaleString("en")} attempts a second during ${assumed.warmMinutes} minutes.

## Prices

${table(
  ["what", "USD", "per", "source, as of"],
  Object.entries<Price>(prices).map(([name, price]) => [name, String(price.usd), price.per, sourceOf(price)]),
)}
`;
}
