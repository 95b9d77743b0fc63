import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { countedPartition, partitionsOf } from "../reservation/ledger-key.ts";

const AT_ONCE = 16;

export type LedgerItems = ReturnType<typeof createLedgerItems>;

/** What the ledger has of a sale's orders, to be deleted once their time is over. */
export function createLedgerItems(client: Dynamo, table: string) {
  /** @returns whether all of them are gone. */
  async function remove(items: readonly Item[], isTimeOver: () => boolean): Promise<boolean> {
    const left = [...items];
    const work = async () => {
      while (!isTimeOver()) {
        const item = left.pop();
        if (!item) return;
        await client.delete({ TableName: table, Key: { pk: item["pk"], sk: item["sk"] } });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return left.length === 0;
  }

  return {
    /**
     * Deletes a sale's reservations with all that lies beside them; safe to repeat, and goes on where it was cut off. A reservation goes
     * after what lies beside it, since it says of which sale that is.
     * @returns whether nothing is left.
     */
    async forget(saleId: SaleId, hasTwin: boolean, isTimeOver: () => boolean): Promise<boolean> {
      for (const pk of partitionsOf(saleId)) {
        const items = await queryItems(client, table, pk);
        const own = new Set(items.filter((item) => item["saleId"] === saleId).map(({ sk }) => String(sk)));
        const beside = items.filter(({ sk }) => !own.has(String(sk)) && own.has(reservationOf(String(sk))));
        const reservations = items.filter(({ sk }) => own.has(String(sk)));
        if (!(await remove(beside, isTimeOver)) || !(await remove(reservations, isTimeOver))) return false;
      }
      // It names orders by a tag alone.
      return hasTwin || remove(await queryItems(client, table, countedPartition(saleId)), isTimeOver);
    },
  };
}

/** The sort key of the reservation that an item lies beside: buyer and order. */
const reservationOf = (sk: string) => sk.split("#").slice(0, 2).join("#");
