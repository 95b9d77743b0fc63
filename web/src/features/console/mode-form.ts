import type { SaleMode } from "../api/contract.ts";
import { wrongModeFields } from "../api/contract.ts";
import { decimalSign } from "../page/format.ts";
import { instantOf, wallTimeAt } from "./zoned-time.ts";

const SECONDS = 60;

/** The fields of a mode as text; times are of the zone that was chosen. */
export const modeFieldNames = [
  "mode",
  "closesAt",
  "resultAt",
  "listSeconds",
  "turnMinutes",
  "admissionsPerSecond",
  "mostInside",
] as const;
type ModeField = (typeof modeFieldNames)[number];
export type ModeFields = Record<ModeField, string>;
export type WrongField = { readonly field: ModeField; readonly why: "time" | "number" | "early" | "late" };
export type ReadMode =
  | { readonly kind: "valid"; readonly mode: SaleMode }
  | { readonly kind: "wrong"; readonly wrong: WrongField[] };

const fieldsByMode = {
  open: [],
  waiting_room: ["closesAt", "listSeconds", "turnMinutes", "admissionsPerSecond", "mostInside"],
  draw: ["closesAt", "resultAt", "turnMinutes"],
} as const satisfies Record<SaleMode["kind"], readonly ModeField[]>;
/** Which fields a mode has. */
export const fieldsOfMode = (kind: string): readonly ModeField[] =>
  fieldsByMode[kind as SaleMode["kind"]] ?? [];

const DAY_MINUTES = 24 * 60;
/** Least and most, as the contract has them; a turn in minutes. */
const bounds = {
  listSeconds: [10, 600],
  turnMinutes: [0.5, DAY_MINUTES],
  admissionsPerSecond: [1, 100_000],
  mostInside: [1, 10_000_000],
} as const;
const LONGEST_TURN_OF_DRAW = 14 * DAY_MINUTES;

const isIn = (value: number, [least, most]: readonly [number, number]) => value >= least && value <= most;

/** What the form asks for, with every field that is wrong named: before the API names it. */
export function readMode(fields: ModeFields, zone: string, startsAtMs: number | null): ReadMode {
  const kind = fields.mode as SaleMode["kind"];
  if (kind === "open") return { kind: "valid", mode: { kind } };
  const wrong: WrongField[] = [];
  const time = (field: "closesAt" | "resultAt"): string => {
    const ms = instantOf(fields[field], zone);
    if (ms === null) wrong.push({ field, why: "time" });
    return new Date(ms ?? 0).toISOString();
  };
  const number = (field: keyof typeof bounds, unit = 1, most: number = bounds[field][1]): number => {
    const value = fields[field].trim() === "" ? Number.NaN : Number(fields[field].replace(",", ".")) * unit;
    const isRight = Number.isInteger(value) && isIn(value / unit, [bounds[field][0], most]);
    if (!isRight) wrong.push({ field, why: "number" });
    return value;
  };
  const mode: SaleMode =
    kind === "draw"
      ? {
          kind,
          closesAt: time("closesAt"),
          resultAt: time("resultAt"),
          turnSeconds: number("turnMinutes", SECONDS, LONGEST_TURN_OF_DRAW),
        }
      : {
          kind,
          closesAt: time("closesAt"),
          listSeconds: number("listSeconds"),
          turnSeconds: number("turnMinutes", SECONDS),
          admissionsPerSecond: number("admissionsPerSecond"),
          mostInside: number("mostInside"),
        };
  if (wrong.length === 0 && startsAtMs !== null) wrong.push(...wrongTimes(mode, startsAtMs));
  return wrong.length === 0 ? { kind: "valid", mode } : { kind: "wrong", wrong };
}

/** The contract's own rules about the times. */
const wrongTimes = (mode: SaleMode, startsAtMs: number): WrongField[] =>
  wrongModeFields(mode, startsAtMs).map(({ field, message }) => ({
    field: field.replace("mode.", "") as ModeField,
    why: field === "mode.resultAt" && message.includes("after closesAt") ? "early" : "late",
  }));

const DEFAULTS = {
  listSeconds: "30",
  admissionsPerSecond: "10",
  mostInside: "500",
  closesAt: "",
  resultAt: "",
};

/** A mode as the form shows it; what it does not have is as a new one would have it. */
export function fieldsOfSaleMode(mode: SaleMode, zone: string): ModeFields {
  const wall = (iso: string) => wallTimeAt(Date.parse(iso), zone);
  if (mode.kind === "open") return { mode: "open", turnMinutes: "5", ...DEFAULTS };
  const shared = {
    ...DEFAULTS,
    mode: mode.kind,
    closesAt: wall(mode.closesAt),
    turnMinutes: String(mode.turnSeconds / SECONDS).replace(".", decimalSign),
  };
  if (mode.kind === "draw") return { ...shared, resultAt: wall(mode.resultAt) };
  const { listSeconds, admissionsPerSecond, mostInside } = mode;
  return {
    ...shared,
    listSeconds: String(listSeconds),
    admissionsPerSecond: String(admissionsPerSecond),
    mostInside: String(mostInside),
  };
}

/** As late as the contract allows, so that as many as may be are in the first list. */
const CLOSES_BEFORE_MS = 120_000;
const RESULT_BEFORE_MS = 60_000;

/** Times that a line has if nobody chooses others, in the zone's notation. */
export const timesBefore = (startsAtMs: number, zone: string): Pick<ModeFields, "closesAt" | "resultAt"> => ({
  closesAt: wallTimeAt(startsAtMs - CLOSES_BEFORE_MS, zone),
  resultAt: wallTimeAt(startsAtMs - RESULT_BEFORE_MS, zone),
});

/** Whether nobody can join the first list any more: it closes before anybody hears of it. */
export const isTooLate = ({ mode, closesAt }: ModeFields, zone: string, nowMs: number): boolean => {
  const closesAtMs = instantOf(closesAt, zone);
  return mode !== "open" && closesAtMs !== null && closesAtMs <= nowMs;
};
