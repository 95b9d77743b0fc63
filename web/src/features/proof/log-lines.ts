import { ascii, hex, sha256 } from "./bytes.ts";
import { isPlainJson } from "./plain-json.ts";
import { isDecided, readBecame } from "./order-states.ts";

export type Chain = {
  hash: string;
  publicKey: string;
  genesisMs: number;
  periodMs: number;
  isRehearsal: boolean;
};
export const chainFields: readonly (keyof Chain)[] = [
  "hash",
  "publicKey",
  "genesisMs",
  "periodMs",
  "isRehearsal",
];
type Line<Kind extends string, Fields> = { n: number; prev: string; atMs: number; kind: Kind } & Fields;
export type RulesLine = Line<
  "rules",
  {
    version: number;
    saleId: string;
    mode: "waiting_room" | "draw" | "returns";
    startsAtMs: number;
    closesAtMs: number;
    resultAtMs: number | null;
    listSeconds: number;
    turnSeconds: number;
    purchaseLimit: number;
    allocated: number;
    chain: Chain;
  }
>;
export type ClosingLine = Line<"closing", { list: number }>;
export type RootLine = Line<
  "root",
  { list: number; lane0: number; lane1: number; root: string; round: number }
>;
export type KeyLine = Line<"key", { list: number; round: number; signature: string; key: string }>;
type Lapsing = { lapsedSteps: number; holdsFromMs: number };
export type StepLine = Line<
  "step",
  Lapsing & { step: number; after: string; upTo: string; quantityAtMost: number; people: number }
>;
export type OrdersLine = Line<
  "orders",
  { count: number; place: number; late: readonly string[]; root: string }
>;
export type UnitsLine = Line<
  "units",
  { count: number; unitsLeft: number; changed: readonly string[]; root: string }
>;
export type LapseLine = Line<"lapse", Lapsing>;
/** What section 5 of docs/fairness.md says of each kind, as far as it is checked here. */
export type LogLine =
  | RulesLine
  | ClosingLine
  | RootLine
  | KeyLine
  | StepLine
  | LapseLine
  | Line<"settings", { isPaused: boolean }>
  | Line<"joining", { isOpen: boolean }>
  | Line<"allocation", { allocated: number }>
  | Line<"withdrawn", { list: number; leaf: string }>
  | Line<"end", { reason: string }>
  | OrdersLine
  | UnitsLine
  | Line<"reopened", { units: number }>;

const FIELDS: Readonly<Record<LogLine["kind"], string>> = {
  rules:
    "version saleId mode startsAtMs closesAtMs resultAtMs listSeconds turnSeconds purchaseLimit allocated chain",
  closing: "list",
  root: "list lane0 lane1 root round",
  key: "list round signature key",
  step: "step after upTo quantityAtMost people lapsedSteps holdsFromMs",
  lapse: "lapsedSteps holdsFromMs",
  settings: "admissionsPerSecond mostInside isPaused message role",
  joining: "isOpen role",
  allocation: "allocated role",
  withdrawn: "list leaf",
  orders: "count place late root",
  units: "count unitsLeft changed root",
  end: "reason",
  reopened: "units",
};
const WHOLE = new Set(
  "n atMs version startsAtMs closesAtMs listSeconds turnSeconds purchaseLimit allocated list lane0 lane1 round step quantityAtMost people lapsedSteps holdsFromMs mostInside units count place unitsLeft".split(
    " ",
  ),
);
const HASHES = new Set(["prev", "root", "key", "leaf"]);
/** What an entry may ask for. */
export const MOST_QUANTITY = 255;
const RANK = /^\d{8}\.[01]\.[0-9a-f]{64}$/;

/** What became of an order: its hash, the units left, its state. */
const UNITS = /^[0-9a-f]{64} (0|[1-9]\d*) [a-z_]+$/;

const isWhole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown, shape: RegExp) => typeof value === "string" && shape.test(value);
const isHash = (value: unknown) => isText(value, /^[0-9a-f]{64}$/);

/** What became of an order, in a state in which it was decided. */
function isUnits(value: unknown): boolean {
  if (!isText(value, UNITS)) return false;
  const { left, state } = readBecame(value as string);
  return isWhole(left) && isDecided(state);
}
/** By the hash of the order alone: each has one text. */
const isBehind = (text: string, before: string) => before.slice(0, 64) < text.slice(0, 64);

/** Whether an object has these fields and no others. */
export const hasFields = (value: unknown, names: readonly string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === names.length &&
  names.every((name) => Object.hasOwn(value, name));

function isChain(value: unknown): boolean {
  if (!hasFields(value, chainFields)) return false;
  const chain = value as Chain;
  return (
    isHash(chain.hash) &&
    isText(chain.publicKey, /^[0-9a-f]{192}$/) &&
    isWhole(chain.genesisMs) &&
    isWhole(chain.periodMs) &&
    chain.periodMs > 0 &&
    typeof chain.isRehearsal === "boolean"
  );
}

function hasShape(name: string, value: unknown): boolean {
  if (name === "quantityAtMost") return isWhole(value) && (value as number) <= MOST_QUANTITY;
  if (WHOLE.has(name)) return isWhole(value);
  if (HASHES.has(name)) return isHash(value);
  if (name === "upTo") return isText(value, RANK);
  if (name === "after") return value === "" || isText(value, RANK);
  if (name === "late")
    return Array.isArray(value) && value.every((hash, i) => isHash(hash) && (i === 0 || value[i - 1] < hash));
  if (name === "changed")
    return (
      Array.isArray(value) &&
      value.every((text, i) => isUnits(text) && (i === 0 || isBehind(text as string, value[i - 1] as string)))
    );
  if (name === "signature") return isText(value, /^[0-9a-f]{96}$/);
  if (name === "isPaused" || name === "isOpen") return typeof value === "boolean";
  if (name === "role") return isText(value, /\S/);
  if (name === "message") return typeof value === "string";
  if (name === "admissionsPerSecond")
    return Number.isFinite(value) && (value as number) >= 0 && (value as number) <= Number.MAX_SAFE_INTEGER;
  return name === "chain" ? isChain(value) : true;
}

/** A line of the log with every field that its kind has, and no other; null: it is none. */
export function readLine(text: string): LogLine | null {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(text) as typeof line;
  } catch {
    return null;
  }
  const kind = (line as Record<string, unknown> | null)?.["kind"];
  if (typeof kind !== "string" || !Object.hasOwn(FIELDS, kind)) return null;
  const names = ["n", "prev", "atMs", "kind", ...FIELDS[kind as LogLine["kind"]].split(" ")];
  if (!hasFields(line, names) || !isPlainJson(text)) return null;
  return names.every((name) => hasShape(name, line[name])) ? (line as LogLine) : null;
}

export const FIRST_PREV = "0".repeat(64);
export const hashOfLine = (text: string): string => hex(sha256(ascii(text)));
