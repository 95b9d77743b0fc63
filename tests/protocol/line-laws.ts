import type { LineState } from "../../core/line/line-state.ts";
import { parseLine } from "../../core/line/log-line.ts";
import type { Law } from "./engine/world.ts";
import { type Files, inOrder, inShort, type Log, rootOf, stateOf } from "./stores/line.ts";
import type { LineGate } from "./stores/line-gate.ts";
import type { LineLedger } from "./stores/line-ledger.ts";

type ToldAll = Readonly<Record<string, Readonly<Record<string, true>>>>;

/** Pages of list 0, wherever they lie; null: its root is not in the log. */
function pagesOf(log: Log, files: Files): readonly string[] | null {
  const root = stateOf(log).lists[0]?.root?.root;
  return root === undefined ? null : (files[root] ?? files["list 0"] ?? []);
}

/** Two guardians cannot fork the log: what somebody has added is there, for ever. */
export const oneLog: Law = {
  name: "the log is never forked",
  on: ["told", "log"],
  broken: (told: ToldAll, log: Log) => {
    for (const [about, words] of Object.entries(told)) {
      const n = /^line (\d+)$/.exec(about)?.[1];
      if (n === undefined) continue;
      const all = Object.keys(words);
      if (all.length > 1) return `line ${n} was added twice, once as ${all.join(" and once as ")}`;
      const there = log[Number(n)];
      if (there === undefined || inShort(parseLine(there)) !== all[0])
        return `line ${n} was added, and is another one`;
    }
    return null;
  },
};

/** Who was told that they stand in a list are in it once it is read. */
export const nobodyIsLost: Law = {
  name: "who has joined is in the list",
  on: ["told", "log", "files"],
  broken: (told: ToldAll, log: Log, files: Files) => {
    const pages = pagesOf(log, files);
    if (pages === null) return null;
    const lost = Object.keys(told).find((buyer) => told[buyer]!["in list 0"] && !pages.includes(buyer));
    return lost === undefined ? null : `${lost} was told to be in list 0, and is not in it`;
  },
};

/** Nothing is moved once a list has its root. */
export const pagesMakeTheRoot: Law = {
  name: "the pages make the root",
  on: ["log", "files"],
  broken: (log: Log, files: Files) => {
    const pages = pagesOf(log, files);
    const root = stateOf(log).lists[0]?.root?.root;
    return pages === null || rootOf(0, pages) === root ? null : "the published pages make another root";
  },
};

const hasTurn = ({ steps }: LineState, step: number, rank: string) => {
  const range = steps[step - 1];
  return range !== undefined && range.after < rank && rank <= range.upTo;
};

const ordersIn = (gate: LineGate, ledger: LineLedger) => [
  ...(gate?.orders ?? []),
  ...Object.values(ledger.orders),
];

/** Every order is of a step that is in the log, and in whose range its buyer is. */
export const onlyInTurn = (buyers: readonly string[]): Law => ({
  name: "nobody buys out of turn",
  on: ["gate", "ledger", "log"],
  broken: (gate: LineGate, ledger: LineLedger, log: Log) => {
    const ranks = new Map(inOrder(log, buyers).map(({ buyer, rank }) => [buyer, rank]));
    const wrong = ordersIn(gate, ledger).find(
      ({ buyer, step }) => !hasTurn(stateOf(log), step, ranks.get(buyer)!),
    );
    return wrong ? `${wrong.buyer} bought in step ${wrong.step}, and has no turn in it` : null;
  },
});

/** Whoever asks in their turn is not told that it is not. */
export const toldTheTurn = (buyers: readonly string[]): Law => ({
  name: "who is in turn is not told otherwise",
  on: ["told", "log"],
  broken: (told: ToldAll, log: Log) => {
    const { steps, lapsedSteps } = stateOf(log);
    for (const { buyer, rank } of inOrder(log, buyers)) {
      if (told[buyer]?.["not reached"])
        return `it was ${buyer}'s turn, and ${buyer} was told that it was not`;
      const step = steps.findIndex(({ after, upTo }) => after < rank && rank <= upTo) + 1;
      if (told[buyer]?.["lapsed"] && lapsedSteps < step)
        return `${buyer} was told that the turn has lapsed, and no line says so`;
    }
    return null;
  },
});

/** An entry buys its quantity, which is one unit here, whatever is lost. */
export const buysOnce: Law = {
  name: "an entry buys its quantity once",
  on: ["ledger"],
  broken: ({ epoch, orders }: LineLedger) => {
    const counted = Object.values(orders).filter((order) => !order.isRefused && order.countedEpoch === epoch);
    const twice = counted.find(({ buyer }, i) => counted.findIndex((order) => order.buyer === buyer) < i);
    return twice ? `${twice.buyer}'s entry of one unit has bought two` : null;
  },
};

/** A purchase that lost its answer in the last second of a turn gets its order. */
export const foundAgain: Law = {
  name: "a lost answer is found again",
  on: ["told", "gate"],
  broken: (told: ToldAll, gate: LineGate) => {
    const lost = gate?.orders.find(({ key }) => told[key]?.["lapsed"]);
    return lost ? `${lost.buyer} has ${lost.orderId}, and is told that the turn has lapsed` : null;
  },
};

/** A draw's win is a promise. */
export const promisesAreKept: Law = {
  name: "a winner gets the unit",
  on: ["told"],
  broken: (told: ToldAll) => {
    const winner = Object.keys(told).find((buyer) => told[buyer]!["sold out"]);
    return winner === undefined ? null : `${winner} was drawn, and is told that all is sold`;
  },
};
