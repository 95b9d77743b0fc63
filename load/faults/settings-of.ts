import { gateKeys } from "../../core/gate/keys.ts";
import { settingFields } from "../../core/gate/settings.ts";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import type { Stage } from "./fault.ts";

/** The settings by which the gate goes, and those that PostgreSQL has, in the same words. */
export async function settingsOf({ cloud, crowd: { saleId } }: Stage) {
  const db = connectDatabase(cloud.stores().databaseUrl);
  try {
    const sale = await findSale(db, saleId);
    if (!sale) throw new Error(`there is no sale ${saleId}`);
    const recorded = settingFields(sale);
    const fields = Object.keys(recorded);
    const inGate = await cloud.redis.node().client.hmget(gateKeys(saleId).gate, ...fields);
    const words = (values: readonly (string | null)[]) =>
      fields.map((field, i) => `${field} ${values[i]}`).join(", ");
    return { state: sale.state, inGate: words(inGate), recorded: words(Object.values(recorded)) };
  } finally {
    await db.destroy();
  }
}
