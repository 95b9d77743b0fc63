import { takeUpErasures } from "../../core/erasure/erase-buyer.ts";
import { warn } from "../../core/log.ts";
import { writeActs } from "../../core/people/change-role.ts";
import { deleteOldOrders } from "../../core/retention/delete-old-orders.ts";
import { erasing } from "../compose/erasure.ts";
import { retaining } from "../compose/retention.ts";
import { staffActs } from "../compose/staff-acts.ts";

/**
 * Goes on with deletions that are due, brings acts of the staff into the log that wait for it, and deletes orders whose time to be kept
 * is over. Answers how many deletions.
 */
export async function handler(): Promise<number> {
  const acts = await staffActs();
  await writeActs(acts, await acts.rolls.read());
  const erasures = await takeUpErasures({ ...(await erasing()), warn });
  // Each batch is in the audit log.
  await deleteOldOrders(await retaining());
  return erasures;
}
