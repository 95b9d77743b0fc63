import type { SaleEntry } from "../reservation/ledger.ts";
import { sha256 } from "./bytes.ts";
import { boundOrder } from "./bound-orders.ts";
import type { BoundUnits } from "./line-state.ts";
import type { News } from "./log-line.ts";
import { merkleRoot } from "./merkle-root.ts";

/** Orders that one line says have changed: 50 KB. More are said by the next lines. */
const MOST_CHANGED = 500;

/** What became of an order: the units that are left, and its state. */
export type UnitsRow = { readonly hash: string; readonly unitsLeft: number; readonly state: string };
/** The same, by the order's hash. */
export type KnownUnits = ReadonlyMap<string, UnitsRow>;

/** In the order in which the log binds them. */
export const unitsRows = (entries: readonly SaleEntry[]): UnitsRow[] => {
  const states = new Map(entries.map(({ reservation, state }) => [reservation.orderId, state]));
  return boundOrder(entries).map(({ hash, reservation }) => {
    const { unitsLeft, kind } = states.get(reservation.orderId)!;
    return { hash, unitsLeft, state: kind };
  });
};

export const unitsText = ({ hash, unitsLeft, state }: UnitsRow): string => `${hash} ${unitsLeft} ${state}`;

export function readUnits(text: string): UnitsRow {
  const [hash = "", unitsLeft, state = ""] = text.split(" ");
  return { hash, unitsLeft: Number(unitsLeft), state };
}

export const rootOfUnits = (rows: readonly UnitsRow[]): string =>
  merkleRoot(Buffer.concat(rows.map((row) => sha256(Buffer.of(0), Buffer.from(unitsText(row)))))).toString(
    "hex",
  );

/** The orders that a line has bound, as it had them. */
export const boundUnitsRows = (rows: readonly UnitsRow[], known: KnownUnits): UnitsRow[] =>
  rows.flatMap(({ hash }) => known.get(hash) ?? []);

const MONEY_ALONE = new Set(["returned", "refunded"]);

/** Whether an order may become so: units only come back, and of one without units nothing changes but what is known of its money. */
export function mayBecome(before: UnitsRow, after: UnitsRow): boolean {
  if (before.state === "confirmed" && after.state === "confirmed") return after.unitsLeft < before.unitsLeft;
  return (before.state === "confirmed" || MONEY_ALONE.has(before.state)) && MONEY_ALONE.has(after.state);
}

export type UnitsToBind = {
  readonly news: Extract<News, { kind: "units" }>;
  /** The orders that are new, or others than before. */
  readonly rows: readonly UnitsRow[];
};

/** The line that binds what became of the orders; null: the log has it already. */
export function unitsToBind(
  rows: readonly UnitsRow[],
  bound: BoundUnits | null,
  known: KnownUnits,
): UnitsToBind | null {
  const isOther = (row: UnitsRow) =>
    known.has(row.hash) && unitsText(known.get(row.hash)!) !== unitsText(row);
  const others = rows.filter(isOther);
  if (bound !== null && others.length === 0 && rows.length === known.size) return null;
  const changed = new Set(others.slice(0, MOST_CHANGED));
  const asBound = rows.map((row) => (isOther(row) && !changed.has(row) ? known.get(row.hash)! : row));
  const news = {
    kind: "units",
    count: rows.length,
    unitsLeft: asBound.reduce((sum, { unitsLeft }) => sum + unitsLeft, 0),
    changed: [...changed].map(({ hash }) => unitsText(known.get(hash)!)).toSorted(),
    root: rootOfUnits(asBound),
  } as const;
  return { news, rows: rows.filter((row) => changed.has(row) || !known.has(row.hash)) };
}
