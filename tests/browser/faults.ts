import { Redis } from "ioredis";
import { Client } from "pg";
import { gateKeys } from "../../core/gate/keys.ts";
import { type BuyerId, type SaleId, newOrderId } from "../../core/ids.ts";
import type { Cloud } from "../../local/cloud.ts";

/** Makes the gate lose one sale, as a failover to an empty replica would. */
export async function forgetSale({ redisUrl }: Cloud, saleId: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.del(...Object.values(gateKeys(saleId as SaleId)));
  redis.disconnect();
}

/** Keeps the consumer from writing rows of a sale until what it answers is called: orders stay accepted. */
export async function holdRows({ databaseUrl }: Cloud, saleId: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM sales WHERE id = $1 FOR UPDATE", [saleId]);
  return () => client.end();
}

/** Puts an order of the buyer's into the merchant's records behind the gate's back, so that their next one is rejected. */
export async function occupyUnit({ databaseUrl }: Cloud, saleId: string, buyerId: BuyerId): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO orders (id, sale_id, buyer_id, n, quantity, place, epoch, state, request_id, reserved_at)
       VALUES ($1, $2, $3, 1, 1, 1, 1, 'confirmed', 'by hand', now())`,
      [newOrderId(saleId as SaleId, Date.now()), saleId, buyerId],
    );
  } finally {
    await client.end();
  }
}
