import { closeList, listedEntry, rootOfList } from "../../../core/line/closed-list.ts";
import { keyOf } from "../../../core/line/lot.ts";
import { type LineState, noLine } from "../../../core/line/line-state.ts";
import { type News, parseLine } from "../../../core/line/log-line.ts";
import { type RankedList, rankAt, rankList } from "../../../core/line/ranked-list.ts";
import { LogBroken, nextLine, readLines } from "../../../core/line/read-log.ts";
import { roundOf } from "../../../core/line/round.ts";
import type { BuyerId, SaleId } from "../../../core/ids.ts";
import { read, write } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import type { Rules } from "../rules.ts";

/** A line's log, whole and as it is stored. Time stands still in it: what time decides, the clock of the story says. */
export type Log = readonly string[];
/** By list: who has joined it. */
export type Joins = Readonly<Record<string, readonly string[]>>;
/** By root: the entries that it was made of. */
export type Files = Readonly<Record<string, readonly string[]>>;

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
const AT_MS = 1_800_000_000_000;
export const HOLDS_FROM_MS = AT_MS + 4_000;
const signature = "cd".repeat(48);
const chain = {
  hash: "52".repeat(32),
  publicKey: "83".repeat(96),
  genesisMs: 1_692_803_367_000,
  periodMs: 3_000,
  isRehearsal: false,
};

const states = new Map<string, LineState>();

/** What a log amounts to, by the product's own rules; of one that is forked, as far as it can be read. */
export function stateOf(log: Log): LineState {
  const name = log.join("\n");
  const known = states.get(name) ?? readAsFar(log);
  states.set(name, known);
  return known;
}

function readAsFar(log: Log): LineState {
  if (log.length === 0) return noLine;
  const before = stateOf(log.slice(0, -1));
  try {
    return readLines(saleId, before, log.slice(-1));
  } catch (error) {
    if (error instanceof LogBroken) return before;
    throw error;
  }
}

const closedList = (list: number, buyers: readonly string[]) =>
  closeList(
    saleId,
    list,
    buyers.map((buyerId) =>
      listedEntry({
        buyerId: buyerId as BuyerId,
        salt: Buffer.from(buyerId.padEnd(16)),
        lane: 0,
        quantity: 1,
      }),
    ),
  );

export const rootOf = (list: number, buyers: readonly string[]): string =>
  rootOfList(closedList(list, buyers));

/** The lines that close a list, and that draw it. */
export const closingNews = (list: number): News => ({ kind: "closing", list });
export function rootNews(state: LineState, list: number, buyers: readonly string[]): News {
  const round = roundOf(state.rules!, AT_MS, chain);
  return { kind: "root", list, lane0: buyers.length, lane1: 0, root: rootOf(list, buyers), round };
}
export function keyNews(state: LineState, list: number): News {
  const { root, round } = state.lists[list]!.root!;
  const key = keyOf({ saleId, list, root, chainHash: chain.hash, round, signature });
  return { kind: "key", list, round, signature, key };
}

/** A log in which list 0 is open. */
export function openLog(mode: "waiting_room" | "draw"): Log {
  const rules: News = {
    kind: "rules",
    version: 1,
    saleId,
    mode,
    startsAtMs: AT_MS,
    closesAtMs: AT_MS - 120_000,
    resultAtMs: mode === "draw" ? AT_MS : null,
    listSeconds: 30,
    turnSeconds: 300,
    purchaseLimit: 2,
    allocated: 1,
    chain,
  };
  const pace = { admissionsPerSecond: 1, mostInside: 10, isPaused: false, message: "" };
  return after(after([], rules), { kind: "settings", ...pace, role: "operator" });
}

/** A log with one more line. @throws LogBroken when it may not follow. */
export const after = (log: Log, news: News): Log => [
  ...log,
  nextLine(saleId, stateOf(log), news, AT_MS).text,
];

/** A log in which these have joined list 0, and it is drawn. */
export function drawnLog(mode: "waiting_room" | "draw", buyers: readonly string[]): Log {
  const closed = after(openLog(mode), closingNews(0));
  const rooted = after(closed, rootNews(stateOf(closed), 0, buyers));
  return after(rooted, keyNews(stateOf(rooted), 0));
}

const rankedLists = new Map<string, RankedList>();
/** List 0 of a log in the order of its lots. */
export function rankedOf(log: Log, buyers: readonly string[]): RankedList {
  const { key } = stateOf(log).lists[0]!.key!;
  const known = rankedLists.get(key) ?? rankList(closedList(0, buyers), key);
  rankedLists.set(key, known);
  return known;
}

export type Ranked = { readonly buyer: string; readonly rank: string };
const orders = new Map<string, readonly Ranked[]>();

/** The buyers of list 0, soonest first, each with the rank. */
export function inOrder(log: Log, buyers: readonly string[]): readonly Ranked[] {
  const { key } = stateOf(log).lists[0]!.key!;
  const known = orders.get(key) ?? orderOf(rankedOf(log, buyers), buyers);
  orders.set(key, known);
  return known;
}

function orderOf(ranked: RankedList, buyers: readonly string[]): readonly Ranked[] {
  const leaves = buyers.map((buyer) => closedList(0, [buyer]).leaves);
  return Array.from({ length: ranked.count }, (_, position) => {
    const leaf = ranked.leaves.subarray(position * 32, (position + 1) * 32);
    return { buyer: buyers[leaves.findIndex((kept) => kept.equals(leaf))]!, rank: rankAt(ranked, position) };
  });
}

/** A line's news as a story tells it. */
export function inShort(news: News): string {
  switch (news.kind) {
    case "step":
      return `step ${news.step} for ${news.people}${news.lapsedSteps > 0 ? `, ${news.lapsedSteps} lapsed` : ""}`;
    case "lapse":
      return `the lapse of step ${news.lapsedSteps}`;
    case "root":
      return `the root ${news.root.slice(0, 4)}`;
    default:
      return `the ${news.kind}`;
  }
}

type Append = { readonly after: number; readonly text: string };

/** `append` and `read` of the logs, `put` and `ofList` of the joins, `putList` of the files. */
export const lineOperations = (rules: Rules) => ({
  log: {
    read: read<Log, null, Log>(
      "log",
      (_, log) => log,
      (_, log) => `reads the log${log ? `: ${log.length} lines` : ""}`,
    ),
    append: write<Log, Append, "added" | "overtaken">(
      "log",
      ({ after: lines, text }, log) => {
        if (log.length === lines) return ["added", [...log, text]];
        if (rules("a line is put once") || log.length < lines) return ["overtaken", log];
        return ["added", [...log.slice(0, lines), text]];
      },
      ({ after: lines, text }, reply) =>
        `puts ${inShort(parseLine(text))} into the log, as line ${lines}${reply ? `: ${reply}` : ""}`,
    ),
  },
  joins: {
    put: write<Joins, { readonly list: number; readonly buyer: string }, "there">(
      "joins",
      ({ list, buyer }, joins) => {
        const present = joins[list] ?? [];
        return ["there", { ...joins, [list]: [...new Set([...present, buyer])].toSorted() }];
      },
      ({ list }) => `puts the entry into list ${list}`,
    ),
    ofList: read<Joins, { readonly list: number }, readonly string[]>(
      "joins",
      ({ list }, joins) => joins[list] ?? [],
      ({ list }, reply) => `reads list ${list}: ${reply?.join(" and ") || "nobody"}`,
    ),
  },
  files: {
    put: write<Files, { readonly name: string; readonly buyers: readonly string[] }, "put">(
      "files",
      ({ name, buyers }, files) => ["put", { ...files, [name]: buyers }],
      ({ buyers }) => `writes the pages of the list: ${buyers.join(" and ") || "nobody"}`,
    ),
  },
});

type LineOperations = ReturnType<typeof lineOperations>;
export const lineLog = callsOf<LineOperations["log"]>("log");
export const joins = callsOf<LineOperations["joins"]>("joins");
export const files = callsOf<LineOperations["files"]>("files");
