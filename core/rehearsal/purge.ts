import type { Redis } from "ioredis";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { gateKeys } from "../gate/keys.ts";
import type { SaleId } from "../ids.ts";
import { countedPartition, partitionsOf } from "../reservation/ledger-key.ts";
import { recordKeysOf } from "../sale/sale-record.dynamo.ts";

/** Each safe to repeat; each says how much there was. */
export type Purge = {
  /** Removes the keys of a sale's gate: as if Redis had lost them. */
  readonly gate: (saleId: SaleId) => Promise<number>;
  /** Removes a sale's copies, its entries, and all that lies beside them. */
  readonly ledger: (saleId: SaleId) => Promise<number>;
};

const DELETES_AT_ONCE = 16;

/** What a rehearsal's sale left outside PostgreSQL. For no other sale: whoever calls it has looked. */
export function createPurge(redis: Redis, dynamo: Dynamo, table: string): Purge {
  return {
    gate: (saleId) => redis.unlink(...Object.values(gateKeys(saleId))),

    async ledger(saleId) {
      // The copies first: by them everybody finds the sale.
      const found = await Promise.all(
        [...partitionsOf(saleId), countedPartition(saleId)].map((pk) => queryItems(dynamo, table, pk)),
      );
      const entries = found.flat().map(({ pk, sk }) => ({ pk, sk }));
      const copies = [];
      for (const key of recordKeysOf(saleId)) {
        const answer = await dynamo.delete({ TableName: table, Key: key, ReturnValues: "ALL_OLD" });
        if (answer.Attributes) copies.push(key);
      }
      const left = [...entries];
      const work = async () => {
        for (let key = left.pop(); key; key = left.pop()) await dynamo.delete({ TableName: table, Key: key });
      };
      await Promise.all(Array.from({ length: DELETES_AT_ONCE }, work));
      return entries.length + copies.length;
    },
  };
}
