import type { SaleEntry } from "../reservation/ledger.ts";
import { sha256, sha256Hex } from "./bytes.ts";
import type { BoundOrders } from "./line-state.ts";
import type { News } from "./log-line.ts";
import { merkleRoot } from "./merkle-root.ts";

/** Longer than an order takes from the gate to the ledger, but for one that was frozen in between. */
const SETTLED_MS = 30_000;
/** Late orders that one line names: 33 KB. More are bound by the next lines. */
const MOST_LATE = 500;

type Row = { readonly hash: string; readonly place: number; readonly reservation: SaleEntry["reservation"] };

/** Orders in the order in which the log binds them: by place, and by the hash of their ids where two have one. */
export const boundOrder = (entries: readonly SaleEntry[]): Row[] =>
  entries
    .map(({ reservation }) => ({
      hash: sha256Hex(reservation.orderId),
      place: reservation.place,
      reservation,
    }))
    .toSorted((a, b) => a.place - b.place || (a.hash < b.hash ? -1 : 1));

/** What of an order never changes. */
function leafOf({ hash, reservation }: Row): Buffer {
  const { place, leaf, step, quantity, reservedAtMs } = reservation;
  const text = [hash, place, leaf ?? "-", step ?? "-", quantity, reservedAtMs].join(" ");
  return sha256(Buffer.of(0), Buffer.from(text));
}

export const rootOfOrders = (rows: readonly Row[]): string =>
  merkleRoot(Buffer.concat(rows.map(leafOf))).toString("hex");

/** Orders of places that are bound, of which some may have come late; `known` says which were bound, if any did. */
export function boundRows(
  rows: readonly Row[],
  bound: BoundOrders | null,
  known: ReadonlySet<string> | null,
): Row[] {
  if (!bound) return [];
  return rows.filter(({ place, hash }) => place <= bound.place && (known === null || known.has(hash)));
}

export type ToBind = {
  readonly news: Extract<News, { kind: "orders" }>;
  /** Of the orders that are bound anew. */
  readonly hashes: readonly string[];
};

/**
 * The line that binds the orders which the log does not bind yet; null: there are none. Orders of the last seconds wait, since
 * one of a smaller place may be on its way, unless all is settled.
 *
 * @param known the orders that are bound, by hash; null: all of places that are.
 */
export function ordersToBind(
  rows: readonly Row[],
  bound: BoundOrders | null,
  known: ReadonlySet<string> | null,
  { nowMs, isFinal }: { readonly nowMs: number; readonly isFinal: boolean },
): ToBind | null {
  const before = bound ?? { count: 0, place: 0 };
  const settled = rows.filter(({ reservation }) => isFinal || reservation.reservedAtMs <= nowMs - SETTLED_MS);
  const place = settled.reduce((most, row) => Math.max(most, row.place), before.place);
  const isLate = (row: Row) => row.place <= before.place && known !== null && !known.has(row.hash);
  const late = rows.filter(isLate).map(({ hash }) => hash);
  const named = new Set(late.slice(0, MOST_LATE));
  const members = rows.filter((row) => row.place <= place && (!isLate(row) || named.has(row.hash)));
  if (members.length === before.count) return null;
  const hashes = members.filter((row) => row.place > before.place || isLate(row)).map(({ hash }) => hash);
  const root = rootOfOrders(members);
  const news = { kind: "orders", count: members.length, place, late: [...named].toSorted(), root } as const;
  return { news: { ...news, late: [...news.late] }, hashes };
}
