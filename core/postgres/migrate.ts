import { Migrator } from "kysely/migration";
import { connectDatabase } from "./connect.postgres.ts";
import { admitFunctions } from "./function-role.postgres.ts";
import { settleFeed } from "./settle-feed.postgres.ts";
import * as createSalesAndOrders from "./migrations/0001_create_sales_and_orders.ts";
import * as addRecovery from "./migrations/0002_add_recovery.ts";
import * as addAuditLog from "./migrations/0003_add_audit_log.ts";
import * as addTraceId from "./migrations/0004_add_trace_id.ts";
import * as addPicture from "./migrations/0005_add_picture_to_sales.ts";
import * as addOrderEvents from "./migrations/0006_add_order_events.ts";
import * as addWishesToAuditLog from "./migrations/0007_add_wishes_to_audit_log.ts";
import * as addArchive from "./migrations/0010_add_archive_to_sales.ts";
import * as addFaces from "./migrations/0011_add_faces_to_sales.ts";
import * as addMode from "./migrations/0012_add_mode_to_sales.ts";
import * as addTranslations from "./migrations/0018_add_translations_to_sales.ts";
import * as addVisibility from "./migrations/0030_add_visibility_to_sales.ts";
import * as addPayment from "./migrations/0031_add_payment.ts";
import * as addLaneUndo from "./migrations/0032_add_lane_undo_to_audit_log.ts";
import * as addRefunds from "./migrations/0034_add_refunds.ts";
import * as addRefundWishes from "./migrations/0035_add_refund_wishes_to_audit_log.ts";
import * as addEndedHolds from "./migrations/0036_add_ended_holds.ts";
import * as addWebhooks from "./migrations/0040_add_events_and_webhooks.ts";
import * as addApiKeys from "./migrations/0041_add_api_keys.ts";
import * as addGuests from "./migrations/0042_add_guests_to_sales.ts";
import * as addActsWithoutSale from "./migrations/0044_add_acts_without_sale.ts";
import * as createErasures from "./migrations/0045_create_erasures.ts";
import * as createGoDecisions from "./migrations/0046_create_go_decisions.ts";
import * as addRehearsals from "./migrations/0048_add_rehearsals.ts";
import * as letSessionsPostponeErasures from "./migrations/0049_let_sessions_postpone_erasures.ts";
import * as letRefundsComeLate from "./migrations/0050_let_refunds_come_late.ts";
import * as addRehearsalMode from "./migrations/0053_add_mode_to_rehearsals.ts";
import * as letApiKeysExpire from "./migrations/0054_let_api_keys_expire.ts";
import * as tellOfHolds from "./migrations/0055_tell_of_holds.ts";
import * as deleteOldOrders from "./migrations/0055_delete_old_orders.ts";
import * as refuseStepsOfRefunds from "./migrations/0060_refuse_steps_of_refunds.ts";
import * as addRoundToDeliveries from "./migrations/0061_add_round_to_deliveries.ts";
import * as addRehearsalPayment from "./migrations/0062_add_payment_to_rehearsals.ts";

/** Bundled with the code that needs them; their order is the order of their names. */
const migrations = {
  "0001_create_sales_and_orders": createSalesAndOrders,
  "0002_add_recovery": addRecovery,
  "0003_add_audit_log": addAuditLog,
  "0004_add_trace_id": addTraceId,
  "0005_add_picture_to_sales": addPicture,
  "0006_add_order_events": addOrderEvents,
  "0007_add_wishes_to_audit_log": addWishesToAuditLog,
  "0010_add_archive_to_sales": addArchive,
  "0011_add_faces_to_sales": addFaces,
  "0012_add_mode_to_sales": addMode,
  "0018_add_translations_to_sales": addTranslations,
  "0030_add_visibility_to_sales": addVisibility,
  "0031_add_payment": addPayment,
  "0032_add_lane_undo_to_audit_log": addLaneUndo,
  "0034_add_refunds": addRefunds,
  "0035_add_refund_wishes_to_audit_log": addRefundWishes,
  "0036_add_ended_holds": addEndedHolds,
  "0040_add_events_and_webhooks": addWebhooks,
  "0041_add_api_keys": addApiKeys,
  "0042_add_guests_to_sales": addGuests,
  "0044_add_acts_without_sale": addActsWithoutSale,
  "0045_create_erasures": createErasures,
  "0046_create_go_decisions": createGoDecisions,
  "0048_add_rehearsals": addRehearsals,
  "0049_let_sessions_postpone_erasures": letSessionsPostponeErasures,
  "0050_let_refunds_come_late": letRefundsComeLate,
  "0053_add_mode_to_rehearsals": addRehearsalMode,
  "0054_let_api_keys_expire": letApiKeysExpire,
  "0055_tell_of_holds": tellOfHolds,
  "0055_delete_old_orders": deleteOldOrders,
  "0060_refuse_steps_of_refunds": refuseStepsOfRefunds,
  "0061_add_round_to_deliveries": addRoundToDeliveries,
  "0062_add_payment_to_rehearsals": addRehearsalPayment,
};

/** Nobody's request waits for it, and what starts beside it may keep a small machine busy for seconds. */
const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Brings the database to the newest schema, and lets the functions in. Takes a lock, so that any number may run it at
 * once; run twice, it changes nothing.
 *
 * @param ownerUrl of who may change the schema and make roles. @param functionsUrl the role that the functions connect as.
 * @returns the newest migration.
 * @throws the first migration's error; what came before it stays applied.
 */
export async function migrate(ownerUrl: string, functionsUrl: string): Promise<string> {
  const db = connectDatabase(ownerUrl, CONNECT_TIMEOUT_MS);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw new Error("the database could not be migrated", { cause: error });
    await settleFeed(db);
    await admitFunctions(db, functionsUrl);
    return Object.keys(migrations).toSorted().at(-1) ?? "";
  } finally {
    await db.destroy();
  }
}
