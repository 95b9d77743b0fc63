import { ascii, hex, sha256 } from "./bytes.ts";

export type Chain = {
  hash: string;
  publicKey: string;
  genesisMs: number;
  periodMs: number;
  isRehearsal: boolean;
};
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
  | Line<"settings", unknown>
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
const RANK = /^\d{8}\.[01]\.[0-9a-f]{64}$/;

/** What became of an order: its hash, the units left, its state. */
export const UNITS = /^([0-9a-f]{64}) (0|[1-9]\d*) ([a-z_]+)$/;

const isWhole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown, shape: RegExp) => typeof value === "string" && shape.test(value);
const isHash = (value: unknown) => isText(value, /^[0-9a-f]{64}$/);

function isChain(value: unknown): boolean {
  const chain = value as Partial<Chain> | null;
  return (
    isHash(chain?.hash) &&
    isText(chain?.publicKey, /^[0-9a-f]{192}$/) &&
    isWhole(chain?.genesisMs) &&
    isWhole(chain?.periodMs) &&
    chain!.periodMs! > 0
  );
}

function hasShape(name: string, value: unknown): boolean {
  if (WHOLE.has(name)) return isWhole(value);
  if (HASHES.has(name)) return isHash(value);
  if (name === "upTo") return isText(value, RANK);
  if (name === "after") return value === "" || isText(value, RANK);
  if (name === "late")
    return Array.isArray(value) && value.every((hash, i) => isHash(hash) && (i === 0 || value[i - 1] < hash));
  if (name === "changed")
    return (
      Array.isArray(value) && value.every((one, i) => isText(one, UNITS) && (i === 0 || value[i - 1] < one))
    );
  if (name === "signature") return isText(value, /^[0-9a-f]{96}$/);
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
  const fields = FIELDS[line["kind"] as LogLine["kind"]] as string | undefined;
  if (fields === undefined) return null;
  const names = ["n", "prev", "atMs", "kind", ...fields.split(" ")];
  const isAsked = Object.keys(line).length === names.length && names.every((name) => name in line);
  return isAsked && names.every((name) => hasShape(name, line[name])) ? (line as LogLine) : null;
}

export const FIRST_PREV = "0".repeat(64);
export const hashOfLine = (text: string): string => hex(sha256(ascii(text)));
