import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { connectDatabase } from "../../../core/postgres/connect.postgres.ts";
import { bothLimits, type Fault, type Stage } from "../fault.ts";
import { sellTheRest } from "../sell-the-rest.ts";

const LOWERED_MS = 1_500;
/** The guardian is away for the moment; afterwards it compares the stores twice or more. */
const COMPARED_TWICE_MS = 25_000;

/** Lets PostgreSQL alone have no unit left, for a moment: it refuses whatever is accepted meanwhile. */
async function refuseForAMoment({ cloud, crowd }: Stage): Promise<void> {
  const db = connectDatabase(cloud.stores().databaseUrl);
  const sale = db.updateTable("sales").where("id", "=", crowd.saleId);
  try {
    const before = await db
      .selectFrom("sales")
      .select("allocated")
      .where("id", "=", crowd.saleId)
      .executeTakeFirstOrThrow();
    await sale.set({ allocated: sql<number>`greatest(1, sold + withheld)` }).execute();
    await sleep(LOWERED_MS);
    await sale.set(before).execute();
  } finally {
    await db.destroy();
  }
}

/** What PostgreSQL refuses although the gate had units for it. */
export const refusals: readonly Fault[] = [
  {
    name: "rejected-units",
    line: "PostgreSQL refuses orders for a moment: their units are sold again, without a recovery",
    limits: bothLimits,
    refusesAccepted: true,
    crowd: { waveMs: 400 },
    inject: async (stage) => {
      const { guardians } = stage.cloud;
      await stage.midBurst();
      // It would take the lowered allocation for an operator's change.
      await guardians.down();
      await refuseForAMoment(stage);
      guardians.add();
      await sellTheRest(stage);
      await sleep(COMPARED_TWICE_MS);
      stage.alsoJudge(({ recoveries }) => recoveries.map(({ why }) => `recovered because ${why}`));
      stage.alsoJudge(({ facts }) =>
        facts.database.rows.some(({ state }) => state === "rejected") ? [] : ["no order was refused"],
      );
    },
  },
];
