import { addressesClient } from "../../core/clients/identity.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { lineClients } from "../../core/clients/line.ts";
import { mailClient } from "../../core/clients/mail.ts";
import { resultsClient } from "../../core/clients/results.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import { createResultTeller } from "../../core/line/tell-results.ts";
import { warn } from "../../core/log.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { writeResultMail } from "../compose/write-result-mail.ts";

const config = loadConfig([
  "LINE_TABLE",
  "LEDGER_TABLE",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAIL_FROM",
  "SES_ENDPOINT",
  "SITE_URL",
  ...shopNames,
]);

/** Less than its minute, so that runs follow each other. */
const RUN_MS = 50_000;
/** SES lets an account send 14 a second to begin with, and sign-in codes need some of them. */
const MAILS_PER_SECOND = 8;

let teller: ReturnType<typeof createResultTeller> | undefined;

/** Runs outside the network: it reaches the tables and SES, and no guardian waits for it. */
export async function handler(): Promise<number> {
  const [line, results, { saleRecords }, addresses, sendMail] = await Promise.all([
    lineClients(config),
    resultsClient(config),
    ledgerClients(config),
    addressesClient(config),
    // Tried once: after an answer that did not come it would be a second mail.
    mailClient(config, 1),
  ]);
  teller ??= createResultTeller({
    ...line,
    results,
    saleOf: (saleId) => saleRecords.get(saleId),
    addresses,
    sendMail,
    resultMail: writeResultMail(readShop(config), config.SITE_URL),
    mailsPerSecond: MAILS_PER_SECOND,
    clock: systemClock,
    warn,
    measure,
  });
  try {
    return await teller(RUN_MS);
  } finally {
    publishMetrics();
  }
}
