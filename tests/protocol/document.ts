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

/** A world's row in the table of `docs/protocol.md`. */
export const rowOf = ({ id, whole, seconds, without }: Explored): string =>
  `| \`${id}\` | ${without.map(({ rule, story }) => `${rule} (${story.lines.length})`).join("; ")} | ${whole.states.toLocaleString("en")} | ${seconds.toFixed(1)} |`;

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
- Of everything else, after every step: conservation, the purchase limit, numbers given once, PostgreSQL never over the allocation, accepted is final. At rest: the
  stores agree order by order (\`core/reconciliation/reconcile.ts\`), every accepted order has its row, the settings are the same everywhere.
  And from everywhere the world comes to rest.

## What is the product's own, and what is a model

The rules are the product's functions: \`decide\` and \`evolve\`, \`planRebuild\`, \`reconcile\`, \`changeSale\`, \`orderView\`, \`isCountedNow\`; of a
line its log with all its laws, roots, lots, steps and the draw. Redis's
scripts, DynamoDB, PostgreSQL's transactions and SQS are small models in \`tests/protocol/stores/\`; property tests there hold each to
the real store, call by call (but for the archive's removal of a gate, which has tests of its own, and the whole recovery that the worlds
of lines take in one step). The order of the calls in each process is written again in \`tests/protocol/processes/\`, after the function that
each names: whoever changes one changes the other.

Steps whose order can make no difference to anybody are taken in one order; a test shows that the same states of rest are found without that.

## The worlds

The number behind a mechanism is the length of the shortest story that ends badly once it is switched off. A world without one would go.

| world | mechanisms (steps of the shortest story without it) | states | seconds |
| --- | --- | --- | --- |`;

const MIDDLE = `
Larger worlds are walked at random: \`npm run explore -- --world freezing --faults 2 --walks 100000 --seed 7\`; the same seed walks the same ways.

## Payment

A hold that is paid for, expires, is given up and goes through a loss of Redis has more orders than can be visited. Four worlds about it
(\`paying\`, \`capturing\`, \`paying-through-a-loss\`, \`ghost-hold\`, in \`tests/protocol/paid/\`) are walked at random: 4,000 ways each by a test with a
fixed seed, and as many as one likes by \`npm run explore -- --world paying --walks 100000 --seed 7\`. A way that was not walked was not looked at.
Their stores are smaller models of their own: one hold of the only unit, one payment of it, and somebody who takes the unit as soon as it is on
sale; no property test holds them to the real stores. The rules are the product's: \`decide\` and \`evolve\`, \`planRebuild\`, \`decidePayment\`, \`isCountedNow\`.

After every step: the unit is sold once, no money is taken for what has no row, who paid for a hold that counted is never rejected. At rest: money is
taken for what is confirmed and for nothing else, none stays reserved, no unit is stranded. Each breaks once its mechanism is off: held has one
door, units of a hold are given back last, only a counted hold is payable.

## The stories`;

/** The whole of `docs/protocol.md`. */
export const documentOf = (explored: readonly Explored[]): string =>
  [HEAD, ...explored.map(rowOf), MIDDLE, ...explored.map((world) => `\n${sectionOf(world)}`), ""].join("\n");
