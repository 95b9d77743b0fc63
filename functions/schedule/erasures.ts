import { takeUpErasures } from "../../core/erasure/erase-buyer.ts";
import { warn } from "../../core/log.ts";
import { writeActs } from "../../core/people/change-role.ts";
import { erasing } from "../compose/erasure.ts";
import { staffActs } from "../compose/staff-acts.ts";

/** Goes on with deletions that are due, and brings acts of the staff into the log that wait for it. Answers how many deletions. */
export async function handler(): Promise<number> {
  const acts = await staffActs();
  await writeActs(acts, await acts.rolls.read());
  return takeUpErasures({ ...(await erasing()), warn });
}
