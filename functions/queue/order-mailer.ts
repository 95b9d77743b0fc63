import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { addressesClient } from "../../core/clients/identity.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { mailClient } from "../../core/clients/mail.ts";
import { sentMailsClient } from "../../core/clients/order-mails.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import type { OrderId } from "../../core/ids.ts";
import { warn } from "../../core/log.ts";
import { readMails } from "../../core/mail/mail-queue.sqs.ts";
import { createPace } from "../../core/mail/pace.ts";
import { sendOrderMails } from "../../core/mail/send-order-mails.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { consumers } from "../../core/topology.ts";
import { writeOrderMail } from "../compose/write-order-mail.ts";

const config = loadConfig([
  "LEDGER_TABLE",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAIL_FROM",
  "SES_ENDPOINT",
  "MAILS_PER_SECOND",
  "SITE_URL",
]);
const write = writeOrderMail(readShop(loadConfig(shopNames)), config.SITE_URL);
/** So many of these functions run at once, each at its share of the pace. */
const pace = createPace(config.MAILS_PER_SECOND / consumers.orderMailer.maximumConcurrency, systemClock);

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const [addresses, sent, { saleRecords }, sendMail] = await Promise.all([
    addressesClient(config),
    sentMailsClient(config),
    ledgerClients(config),
    // Tried once: after an answer that did not come it would be a second mail.
    mailClient(config, 1),
  ]);
  const deps = { addresses, saleRecords, sent, sendMail, pace, write, clock: systemClock, warn, measure };
  const failed: string[] = [];
  const waiting = new Set<OrderId>();
  for (const { messageId, body } of event.Records)
    try {
      if (!(await sendOrderMails(deps, readMails(body), waiting))) failed.push(messageId);
    } catch (error) {
      warn("mails about orders must wait", { messageId, error });
      failed.push(messageId);
    }
  publishMetrics();
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
