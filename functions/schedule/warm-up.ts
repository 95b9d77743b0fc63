import { ledgerClients, warmEnvironments } from "../../core/clients.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { wantedWarm } from "../../core/preflight/warm-up.ts";

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

/** Has as many environments of the purchase warm as the sales that are about to open need. Answers how many. */
export async function handler(): Promise<number> {
  const { saleRecords } = await ledgerClients(config);
  const wanted = wantedWarm(await saleRecords.list(), settings, systemClock.nowMs());
  await (await warmEnvironments(config)).want(wanted);
  return wanted;
}
