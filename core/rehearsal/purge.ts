import type { Redis } from "ioredis";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { gateKeys } from "../gate/keys.ts";
import { comparisonKey } from "../guardian/guardian-key.ts";
import type { SaleId } from "../ids.ts";
import { leafPartsOf } from "../line/leaf-parts.ts";
import {
  boundKey,
  type CountedList,
  joinedKey,
  lanesKey,
  leavesKey,
  LIST_PARTS,
  listKey,
  listPartitions,
  logPartition,
  orderPageKey,
  owedKey,
  owedTurnKey,
  resultPartition,
  turnTellingPartition,
  unitsKey,
} from "../line/line-key.ts";
import { createLineLogs } from "../line/line-log.dynamo.ts";
import { type LineState, readListOf } from "../line/line-state.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import { openPaymentKey } from "../payment/open-payments.dynamo.ts";
import { countedPartition, partitionsOf } from "../reservation/ledger-key.ts";
import { recordKeysOf } from "../sale/sale-key.ts";
import { ownItems, ownMarks } from "./own-items.ts";

/** Each safe to repeat; each says how much there was. */
export type Purge = {
  /** Removes the keys of a sale's gate: as if Redis had lost them. */
  readonly gate: (saleId: SaleId) => Promise<number>;
  /**
   * Removes a sale's copies, its entries, what lies beside them, and what is noted of their payments.
   *
   * @param hasTwin whether another sale's id ends alike, so that its items lie in the same partitions: then nothing is removed that
   * does not say whose it is.
   */
  readonly ledger: (saleId: SaleId, hasTwin: boolean) => Promise<number>;
  /** Removes a sale's line: its entries, its log, and what was published of it. */
  readonly line: (saleId: SaleId) => Promise<number>;
};

const AT_ONCE = 16;

type Key = { readonly pk: unknown; readonly sk: unknown };

/** What a rehearsal's sale left outside PostgreSQL. For no other sale: whoever calls it has looked. */
export function createPurge(
  redis: Redis,
  dynamo: Dynamo,
  { ledger: table, line }: { readonly ledger: string; readonly line: string },
): Purge {
  const logs = createLineLogs(dynamo, line);
  return {
    gate: (saleId) => redis.unlink(...Object.values(gateKeys(saleId))),

    async ledger(saleId, hasTwin) {
      // The copies first: by them everybody finds the sale.
      let copies = 0;
      for (const key of [...recordKeysOf(saleId), comparisonKey(saleId)])
        if (await removeOne(table, key)) copies++;
      const items = await itemsIn(table, partitionsOf(saleId));
      const lists = await itemsIn(table, [countedPartition(saleId)]);
      const { entries, beside, orderIds } = ownItems(items, saleId, hasTwin);
      const marks = ownMarks(lists, orderIds, hasTwin);
      const open = await Promise.all([...orderIds].map((id) => removeOne(table, openPaymentKey(id))));
      // An entry says of which sale it and all beside it are: it goes last.
      await remove(table, [...marks, ...beside]);
      await remove(table, entries);
      return copies + open.filter(Boolean).length + marks.length + beside.length + entries.length;
    },

    async line(saleId) {
      const state = await logs.read(saleId);
      // What is owed first, by which others find the line; the log last, by which this finds the rest.
      const owed = await Promise.all(owedKeysOf(saleId, state).map((key) => removeOne(line, key)));
      // Which orders a line of the log binds, and what became of them, lies under its root.
      const texts = (await logs.texts(saleId, 0)).join("\n");
      const bound = [...texts.matchAll(/"root":"([0-9a-f]{64})"/g)].flatMap(([, root]) => [
        boundKey(saleId, root!, 0).pk,
        unitsKey(saleId, root!, 0).pk,
      ]);
      const found = await itemsIn(line, [...linePartitions(saleId, state), ...new Set(bound)]);
      await remove(line, found);
      const logged = await itemsIn(line, [logPartition(saleId)]);
      await remove(line, logged);
      return owed.filter(Boolean).length + found.length + logged.length;
    },
  };

  async function itemsIn(of: string, partitions: readonly string[]): Promise<Item[]> {
    const left = [...partitions];
    const found: Item[] = [];
    const work = async () => {
      for (let pk = left.pop(); pk !== undefined; pk = left.pop())
        found.push(...(await queryItems(dynamo, of, pk)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return found;
  }

  async function remove(of: string, items: readonly Item[]): Promise<void> {
    const left = [...items];
    const work = async () => {
      for (let item = left.pop(); item; item = left.pop())
        await dynamo.delete({ TableName: of, Key: { pk: item["pk"], sk: item["sk"] } });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async function removeOne(of: string, key: Key): Promise<boolean> {
    const { Attributes } = await dynamo.delete({ TableName: of, Key: key, ReturnValues: "ALL_OLD" });
    return Attributes !== undefined;
  }
}

const owedKeysOf = (saleId: SaleId, { steps }: LineState): Key[] => [
  owedKey(saleId),
  // A step is owed before it is in the log.
  ...Array.from({ length: steps.length + 1 }, (_, i) => owedTurnKey(saleId, i + 1)),
];

function filesOf(saleId: SaleId, list: CountedList | null): string[] {
  if (list === null) return [];
  const parts = Array.from(
    { length: leafPartsOf(list.count) },
    (_, part) => leavesKey(saleId, list, part).pk,
  );
  return [listKey(saleId, list).pk, ...parts];
}

function linePartitions(saleId: SaleId, state: LineState): string[] {
  const { lists, steps } = state;
  // The open list is behind those that closed.
  const numbers = Array.from({ length: lists.length + 1 }, (_, list) => list);
  return [
    ...numbers.flatMap((list) => [...listPartitions(saleId, list), lanesKey(saleId, list).pk]),
    ...lists.flatMap(({ list }) => filesOf(saleId, readListOf(state, list))),
    ...Array.from({ length: LIST_PARTS }, (_, part) => resultPartition(saleId, part)),
    ...steps.map((_, i) => turnTellingPartition(saleId, i + 1)),
    joinedKey(saleId).pk,
    orderPageKey(saleId, 0).pk,
  ];
}
