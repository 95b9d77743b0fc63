import { ledgerClients } from "../../core/clients/ledger.ts";
import { warmEnvironments } from "../../core/clients/warm-environments.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { log } from "../../core/log.ts";
import { aboutToOpen } from "../../core/preflight/touch.ts";
import { environmentsNeeded } from "../../core/preflight/warm-up.ts";

const config = loadConfig([
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "PURCHASE_FUNCTION",
  "PURCHASE_ALIAS",
  "WARM_ATTEMPTS_PER_SECOND",
  "WARM_MOST",
  "LAMBDA_ENDPOINT",
]);
const settings = { attemptsPerSecond: config.WARM_ATTEMPTS_PER_SECOND, most: config.WARM_MOST };

/**
 * Has as many environments of the purchase warm as the sales that are about to open need, and touches them shortly before.
 * Answers how many.
 */
export async function handler(): Promise<number> {
  const { saleRecords } = await ledgerClients(config);
  const [sales, nowMs] = [await saleRecords.current(), systemClock.nowMs()];
  const needed = environmentsNeeded(sales, settings, nowMs);
  const environments = await warmEnvironments(config);
  await environments.request(needed);
  const opening = aboutToOpen(sales, nowMs);
  if (opening.length === 0) return needed;
  const { available } = await environments.read();
  for (const { saleId } of opening) {
    const touched = await environments.touch(saleId, available);
    if (touched < available) log.warn("not every environment was touched", { saleId, touched, available });
  }
  return needed;
}
