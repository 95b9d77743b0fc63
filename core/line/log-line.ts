import * as v from "valibot";
import { lineModes } from "../contract/sale-mode.ts";
import { saleId } from "../contract/ids.ts";
import { sha256Hex } from "./bytes.ts";
import { rankPattern } from "./lot.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const rank = v.pipe(v.string(), v.regex(rankPattern));

/** A beacon chain, whole, so that a log can be checked without asking anybody else. */
const chain = v.object({
  hash,
  publicKey: v.string(),
  genesisMs: whole,
  periodMs: whole,
  /** A beacon of one's own machine: nobody else vouches for it. */
  isRehearsal: v.boolean(),
});
export type Chain = v.InferOutput<typeof chain>;

const paceFields = {
  /** People; a fraction is one in several seconds. */
  admissionsPerSecond: v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
  mostInside: whole,
  isPaused: v.boolean(),
  message: v.string(),
} as const;

const place = { n: whole, prev: hash, atMs: whole };

/** What each kind of line says; docs/fairness.md tells their meaning. */
const logLine = v.variant("kind", [
  v.strictObject({
    ...place,
    kind: v.literal("rules"),
    /** 1: no line of this log binds its orders; 2: none binds what became of them. */
    version: v.picklist([1, 2, 3]),
    saleId,
    mode: v.picklist(lineModes),
    startsAtMs: whole,
    closesAtMs: whole,
    resultAtMs: v.nullable(whole),
    listSeconds: whole,
    turnSeconds: whole,
    purchaseLimit: whole,
    allocated: whole,
    chain,
  }),
  v.strictObject({ ...place, kind: v.literal("closing"), list: whole }),
  v.strictObject({
    ...place,
    kind: v.literal("root"),
    list: whole,
    lane0: whole,
    lane1: whole,
    root: hash,
    round: whole,
  }),
  v.strictObject({
    ...place,
    kind: v.literal("key"),
    list: whole,
    round: whole,
    signature: v.string(),
    key: hash,
  }),
  v.strictObject({
    ...place,
    kind: v.literal("step"),
    step: v.pipe(whole, v.minValue(1)),
    after: v.union([v.literal(""), rank]),
    upTo: rank,
    quantityAtMost: whole,
    people: whole,
    lapsedSteps: whole,
    holdsFromMs: whole,
  }),
  v.strictObject({ ...place, kind: v.literal("lapse"), lapsedSteps: whole, holdsFromMs: whole }),
  v.strictObject({ ...place, kind: v.literal("settings"), ...paceFields, role: v.string() }),
  v.strictObject({ ...place, kind: v.literal("joining"), isOpen: v.boolean(), role: v.string() }),
  v.strictObject({ ...place, kind: v.literal("allocation"), allocated: whole, role: v.string() }),
  v.strictObject({ ...place, kind: v.literal("withdrawn"), list: whole, leaf: hash }),
  v.strictObject({
    ...place,
    kind: v.literal("orders"),
    count: whole,
    place: whole,
    late: v.array(hash),
    root: hash,
  }),
  v.strictObject({
    ...place,
    kind: v.literal("units"),
    count: whole,
    unitsLeft: whole,
    /** What the line of this kind before said of each order that is another by now. */
    changed: v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{64} \d+ [a-z_]+$/))),
    root: hash,
  }),
  v.strictObject({ ...place, kind: v.literal("end"), reason: v.picklist(["sold_out", "ended"]) }),
  v.strictObject({ ...place, kind: v.literal("reopened"), units: v.pipe(whole, v.minValue(1)) }),
]);
export type LogLine = v.InferOutput<typeof logLine>;
type LineOf<Kind extends LogLine["kind"]> = Extract<LogLine, { kind: Kind }>;
export type Rules = Omit<LineOf<"rules">, "n" | "prev" | "atMs" | "kind" | "saleId">;
export type Pace = Omit<LineOf<"settings">, "n" | "prev" | "atMs" | "kind" | "role">;

type Unplaced<Line> = Line extends unknown ? Omit<Line, "n" | "prev" | "atMs"> : never;
/** A line without its place in the log. */
export type News = Unplaced<LogLine>;

const FIRST_PREV = "0".repeat(64);
export const hashOfLine = (text: string): string => sha256Hex(text);

/** Where the next line of a log stands. */
export type LogHead = { readonly lines: number; readonly hash: string; readonly atMs: number };
export const emptyLog: LogHead = { lines: 0, hash: FIRST_PREV, atMs: 0 };

/** The next line of a log, as it is stored and published: byte for byte. */
export function writeLine(head: LogHead, news: News, nowMs: number): string {
  const atMs = Math.max(nowMs, head.atMs);
  return JSON.stringify({ n: head.lines, prev: head.hash, atMs, ...news });
}

/** @throws ValiError or SyntaxError when the text is no line of a log. */
export const parseLine = (text: string): LogLine => v.parse(logLine, JSON.parse(text));
