import { addressesClient } from "../../core/clients/identity.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { lineClients } from "../../core/clients/line.ts";
import { mailClient } from "../../core/clients/mail.ts";
import { resultsClient } from "../../core/clients/results.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import { createResultTeller, type TellDependencies } from "../../core/line/tell-results.ts";
import { warn } from "../../core/log.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { mailsIn } from "../../web/texts/mails.ts";
import { salePath } from "../../web/texts/locale.ts";
import { formatCount, formatMoment } from "../pages/views/format.ts";

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
const shop = readShop(config);

/** Less than its minute, so that runs follow each other. */
const RUN_MS = 50_000;
/** SES lets an account send 14 a second to begin with, and sign-in codes need some of them. */
const MAILS_PER_SECOND = 8;

const resultMail: TellDependencies["resultMail"] = (language, { saleId, name }, result) => {
  const mails = mailsIn(language).result;
  const page = config.SITE_URL + salePath(language, saleId);
  const facts = { shop: shop.name, sale: name, page, proof: `${page}/proof` };
  const moment = (ms: number) => formatMoment(language, new Date(ms).toISOString());
  switch (result.kind) {
    case "won":
    case "won_before": {
      const { quantity, fromMs, untilMs } = result;
      const units = formatCount(language, quantity);
      const say = result.kind === "won" ? mails.won : mails.wonBefore;
      return say({
        ...facts,
        units,
        isOne: quantity === 1,
        from: moment(fromMs),
        until: moment(untilMs),
      });
    }
    case "not_selected": {
      const [place, entries] = [result.place, result.entries].map((count) => formatCount(language, count));
      return mails.notSelected({ ...facts, place: place!, entries: entries! });
    }
    case "ended":
      return mails.ended(facts);
    default:
      return result satisfies never;
  }
};

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
    resultMail,
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
