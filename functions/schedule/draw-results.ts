import { setTimeout as sleep } from "node:timers/promises";
import { addressesClient } from "../../core/clients/identity.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { lineClients } from "../../core/clients/line.ts";
import { mailClient } from "../../core/clients/mail.ts";
import { pushQueueClient } from "../../core/clients/push.ts";
import { remindersClient } from "../../core/clients/reminders.ts";
import { resultsClient, turnMailsClient } from "../../core/clients/results.ts";
import { startStopwatch, systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import type { SaleId } from "../../core/ids.ts";
import { createResultTeller } from "../../core/line/tell-results.ts";
import { createTurnTeller } from "../../core/line/tell-turns.ts";
import { warn } from "../../core/log.ts";
import { createOpeningTeller } from "../../core/notices/tell-openings.ts";
import { createPost } from "../../core/mail/post.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { schedules } from "../../core/topology.ts";
import { writeOpeningMail } from "../compose/write-opening-mail.ts";
import { writeResultMail } from "../compose/write-result-mail.ts";
import { writeTurnMail } from "../compose/write-turn-mail.ts";

const config = loadConfig([
  "LINE_TABLE",
  "LEDGER_TABLE",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAIL_FROM",
  "SES_ENDPOINT",
  "SITE_URL",
  "PUSH_QUEUE_URL",
  "SQS_ENDPOINT",
  ...shopNames,
]);

const LOOK_EVERY_MS = 2_000;
/** SES lets an account send 14 a second to begin with, and sign-in codes need some of them. */
const MAILS_PER_SECOND = 8;

type Tellers = Awaited<ReturnType<typeof makeTellers>>;
let tellers: Promise<Tellers> | undefined;

async function makeTellers() {
  const [line, results, turnMails, reminders, pushes, { saleRecords }, addresses, sendMail] =
    await Promise.all([
      lineClients(config),
      resultsClient(config),
      turnMailsClient(config),
      remindersClient(config),
      pushQueueClient(config),
      ledgerClients(config),
      addressesClient(config),
      // Tried once: after an answer that did not come it would be a second mail.
      mailClient(config, 1),
    ]);
  const shop = readShop(config);
  const deps = {
    ...line,
    results,
    turnMails,
    reminders,
    pushes,
    saleOf: (saleId: SaleId) => saleRecords.get(saleId),
    addresses,
    sendMail,
    mailsPerSecond: MAILS_PER_SECOND,
    clock: systemClock,
    warn,
    measure,
  };
  const resultMail = writeResultMail(shop, config.SITE_URL);
  const turnMail = writeTurnMail(shop, config.SITE_URL);
  return {
    deps,
    turnMails,
    tellTurns: createTurnTeller({ ...deps, turnMail }),
    tellOpenings: createOpeningTeller({ ...deps, openingMail: writeOpeningMail(shop, config.SITE_URL) }),
    tellResults: createResultTeller({ ...deps, resultMail }),
  };
}

/**
 * Tells people what came of a line, by mail: that it is their turn, which does not wait, and then what came of a draw. Runs outside
 * the network: it reaches the tables and SES, and no guardian waits for it.
 */
export async function handler({ runSeconds }: { readonly runSeconds?: number } = {}): Promise<number> {
  tellers ??= makeTellers().catch((error: unknown) => {
    tellers = undefined;
    throw error;
  });
  const { deps, turnMails, tellTurns, tellOpenings, tellResults } = await tellers;
  const runMs = (runSeconds ?? schedules.drawResults.runSeconds) * 1_000;
  const passedMs = startStopwatch(systemClock);
  const post = createPost(deps, () => passedMs() < runMs);
  try {
    for (;;) {
      await tellTurns(post);
      await tellOpenings(post);
      await tellResults(post);
      // Whoever said for how long is told of nothing before; the others go on only while a turn may begin at any moment.
      const goesOn = runSeconds !== undefined || (await turnMails.watchedUntilMs()) >= systemClock.nowMs();
      if (!goesOn || !post.isOpen()) return post.taken();
      await sleep(Math.max(0, Math.min(LOOK_EVERY_MS, runMs - passedMs())));
      if (passedMs() >= runMs) return post.taken();
    }
  } finally {
    publishMetrics();
  }
}
