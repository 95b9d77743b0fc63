import { randomUUID } from "node:crypto";
import { beaconSource } from "../beacon/beacon-source.ts";
import { beaconClient } from "./beacon.ts";
import { lineClients } from "./line.ts";
import { resultsClient, turnMailsClient } from "./results.ts";
import { mailQueueClient } from "./order-mails.ts";
import { paymentQueueClient } from "./payment-queue.ts";
import { systemClock } from "../clock.ts";
import { loadConfig } from "../config.ts";
import { createGatePulses } from "../gate/pulses.redis.ts";
import { createGateRebuild } from "../gate/rebuild.redis.ts";
import { warn } from "../log.ts";
import { measure } from "../metrics.ts";
import { loadStoresConfig, storeClients } from "../store-clients.ts";
import type { GuardDependencies } from "../guardian/guard-sale.ts";

/** What guardian and operators' tools work with: every store. Each call is another candidate for the lease. */
export async function guardDependencies(): Promise<GuardDependencies> {
  const config = loadConfig([
    "LINE_TABLE",
    "LEDGER_TABLE",
    "DYNAMODB_ENDPOINT",
    "BEACON_REHEARSAL",
    "PAYMENT_QUEUE_URL",
    "MAIL_QUEUE_URL",
    "PUSH_QUEUE_URL",
    "SQS_ENDPOINT",
  ]);
  const { chain } = beaconSource(config);
  const [{ leaseOf, redis, ...stores }, line, results, turnMails, beacon, payments, mails] =
    await Promise.all([
      storeClients(loadStoresConfig()),
      lineClients(config),
      resultsClient(config),
      turnMailsClient(config),
      beaconClient(config, chain),
      paymentQueueClient(config),
      mailQueueClient(config),
    ]);
  return {
    ...stores,
    ...line,
    results,
    turnMails,
    beacon,
    payments,
    mails,
    chain,
    rebuild: createGateRebuild(redis),
    pulses: createGatePulses(redis),
    lease: leaseOf(randomUUID(), systemClock),
    clock: systemClock,
    measure,
    warn,
  };
}
