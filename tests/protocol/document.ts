import type { Exploration, Story } from "./engine/explore.ts";
import type { Rule } from "./rules.ts";
import { storyWorlds, type WorldId } from "./worlds/worlds.ts";

export type Without = { readonly rule: Rule; readonly breaks: string; readonly story: Story };
/** A world that was explored: whole, and without each of its mechanisms. */
export type Explored = {
  readonly id: WorldId;
  readonly whole: Exploration;
  readonly seconds: number;
  readonly without: readonly Without[];
};

/** A world's rows in the table of `docs/protocol.md`: one for each of its mechanisms. */
export const rowsOf = ({ id, whole, seconds, without }: Explored): string =>
  without
    .map(({ rule, story }, index) => {
      const world =
        index === 0 ? `\`${id}\` | ${whole.states.toLocaleString("en")} | ${seconds.toFixed(1)}` : " | | ";
      return `| ${world} | ${rule} | ${story.lines.length} |`;
    })
    .join("\n");

/** What `docs/protocol.md` tells of a world. */
export const sectionOf = ({ id, without }: Explored): string =>
  [
    `### \`${id}\`: ${storyWorlds[id].name}`,
    "",
    storyWorlds[id].about,
    ...without.flatMap(({ rule, breaks, story }) => [
      "",
      `**Without "${rule}"**, "${breaks}" breaks:`,
      "",
      ...story.lines.map((line) => `${line}.`),
      "",
      `Then ${story.why}.`,
    ]),
  ].join("\n");

/** Text as it is compared: without the widths of a table's columns, and without the seconds, which are the machine's. */
export const comparable = (text: string): string =>
  text.replaceAll(/ +/g, " ").replaceAll(/\| \d+\.\d \|/g, "| – |");

const HEAD = `# The protocol, explored

A purchase, its recovery, its cancelling, and a line of people who wait are steps of many processes on a few stores. \`tests/protocol/\` visits **every order**
in which such steps can happen, in small story worlds: each with a few buyers, one or two units, and only the processes of its story.
This file is written by \`npm run explore -- --write\`; a test holds its names, states and stories.

## What is visited

- One step is one call of a store; what a process does by itself belongs to it.
- A process may stop for ever before any of its steps: that is a crash, and costs nothing. A slow one is the same one, going on later.
- Where a world has calls that go unanswered, any call may be one: it took effect, or never does, or does at any time later.
- Those who last (guardian, consumer) always go on. Those who look after what is overdue (relay, reconciliation, closing) wait until they have
  nothing to do. Once nobody has anything left to do, whoever stopped before, the world is at rest.
- Of a line, after every step: its log is never forked, nobody who has joined is lost, nobody buys out of turn or is told that it is not
  their turn when it is, an entry buys its quantity once, and a draw's promise is kept.
- Of a payment, after every step: the unit is sold once, no money is taken for what has no order row, and who paid for a hold that counted
  is never rejected. At rest: money is taken for what is confirmed and for nothing else, none stays reserved, whoever paid while the hold stood
  has the unit unless the bank refused (but in \`opening-late\`, where the payment is opened while the hold ends), and no unit is stranded.
- Of everything else, after every step: conservation, the purchase limit, numbers given once, PostgreSQL never over the allocation, accepted is final. At rest: the
  stores agree order by order (\`core/reconciliation/reconcile.ts\`), every accepted order has its row, the settings are the same everywhere.
  And from everywhere the world comes to rest.

## What is the product's own, and what is a model

The rules are the product's functions:

- of orders: \`decide\` and \`evolve\`, \`planRebuild\`, \`reconcile\`, \`changeSale\`, \`orderView\`, \`isCountedNow\`;
- of a line: its log with all its laws, roots, lots, steps and the draw;
- of payments: \`decidePayment\`, \`isAtRest\` and \`planRefunds\`.

Redis's scripts, DynamoDB, PostgreSQL's transactions, SQS and the payment provider are small models in \`tests/protocol/stores/\` and
\`tests/protocol/paid/stores/\`. Property tests there hold each to the real store, call by call; the provider to the stand-in that the real SDK
speaks to. Two things have no such test: the archive's removal of a gate, which has tests of its own, and the recovery that the worlds
of lines take in one step.

The order of the calls in each process is written again in \`tests/protocol/processes/\` and \`tests/protocol/paid/processes/\`, after the
function that each names. Whoever changes one changes the other.

The worlds of payment have smaller stores than the others: one hold of the only unit, at most two attempts to pay for it, and somebody who takes
the unit as soon as it is on sale. In \`last-moment\` and \`opening-late\` a call of any store may go unanswered, in \`giving-up\` and
\`silent-provider\` one of the provider.

Steps whose order can make no difference to anybody are taken in one order; a test shows that the same states of rest are found without that.

## The worlds

Each world is there for its mechanisms: once one is switched off, a story ends badly. A world without one would go. The seconds are of a
processor, for the whole world and for the search without each mechanism; a test holds their sum to a minute.

| world | states | seconds | mechanism that is switched off | steps of the shortest story |
| --- | --- | --- | --- | --- |`;

const MIDDLE = `
Larger worlds are walked at random: \`npm run explore -- --world freezing --faults 2 --walks 100000 --seed 7\`; the same seed walks the same ways.

## The stories`;

/** The whole of `docs/protocol.md`. */
export const documentOf = (explored: readonly Explored[]): string =>
  [HEAD, ...explored.map(rowsOf), MIDDLE, ...explored.map((world) => `\n${sectionOf(world)}`), ""].join("\n");
