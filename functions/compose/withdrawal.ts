import { ledgerClients } from "../../core/clients/ledger.ts";
import { orderQueueClient } from "../../core/clients/queues.ts";
import { openWishesClient } from "../../core/clients/wishes.ts";
import type { Config } from "../../core/config.ts";
import type { WithdrawDependencies } from "../../core/wishes/withdraw.ts";

/** What a function reads that takes a buyer's withdrawal: the ledger and the order queue are enough. */
export const withdrawVariables = [
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "SQS_ENDPOINT",
] as const;

export async function withdrawDependencies(
  config: Config<(typeof withdrawVariables)[number]>,
): Promise<WithdrawDependencies> {
  const [{ ledger, saleRecords }, queue, openWishes] = await Promise.all([
    ledgerClients(config),
    orderQueueClient(config),
    openWishesClient(config),
  ]);
  return { ledger, saleRecords, queue, openWishes };
}
