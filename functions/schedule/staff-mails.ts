import { goAsksClient } from "../../core/clients/go-asks.ts";
import { mailClient } from "../../core/clients/mail.ts";
import { staffRollsClient } from "../../core/clients/staff-rolls.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import { parseStaff } from "../../core/identity/staff.ts";
import { warn } from "../../core/log.ts";
import { tellStaff } from "../../core/people/tell-staff.ts";
import { writeGoMail } from "../compose/write-go-mail.ts";

const config = loadConfig([
  "LEDGER_TABLE",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAIL_FROM",
  "SES_ENDPOINT",
  "SITE_URL",
  "STAFF",
  ...shopNames,
]);
const goMail = writeGoMail(readShop(config), config.SITE_URL);
const fixed = parseStaff(config.STAFF);

/** Runs outside the network: it reaches the tables and SES. Answers how many mails were taken. */
export async function handler(): Promise<number> {
  const [goAsks, rolls, sendMail] = await Promise.all([
    goAsksClient(config),
    staffRollsClient(config),
    // Tried once: after an answer that did not come it would be a second mail.
    mailClient(config, 1),
  ]);
  return tellStaff({ goAsks, rolls, fixed, sendMail, goMail, clock: systemClock, warn });
}
