import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as v from "valibot";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { rehearsalId } from "../../core/contract/ids.ts";
import { issueSession, sessionSigner } from "../../core/identity/session.ts";
import { newBuyerId, type RehearsalId } from "../../core/ids.ts";
import { stripeSettings } from "../../core/payment/stripe-settings.ts";
import { type Money, runRehearsal } from "../../core/rehearsal/run-rehearsal.http.ts";

/** Longer than a rehearsal may take. */
const SESSION_MS = 15 * 60 * 1000;
const config = loadConfig([
  "SESSION_SECRET",
  "SITE_URL",
  "PAYMENT_KEY",
  "PAYMENT_WEBHOOK_SECRET",
  "PAYMENT_ENDPOINT",
]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);
const message = v.object({ rehearsalId });

/** Is the crowd of a rehearsal, at the site's own address. A message that comes again finds the rehearsal begun, and clears it away. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const { messageId, body } of Records) {
    const asked = v.parse(message, JSON.parse(body));
    const isOver = await runRehearsal(
      {
        siteUrl: config.SITE_URL,
        token: sessionOf({ rehearsalId: asked.rehearsalId }).token,
        newPerson: () => sessionOf(),
        money,
      },
      asked.rehearsalId,
    );
    // Another run is at it: should that one die, this message comes again after its end.
    if (!isOver) failed.push(messageId);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** The provider in its test mode. @throws with any other key: no machine pays with real money. */
async function money(): Promise<Money> {
  const [{ createStripe }, { createTestPayer }] = await Promise.all([
    import("../../core/payment/stripe.http.ts"),
    import("../../core/payment/test-payer.http.ts"),
  ]);
  const settings = stripeSettings(config);
  return { payer: createTestPayer(settings), provider: createStripe(settings) };
}

/** People who exist for one rehearsal: they have no address, so no mail is sent to them. */
function sessionOf(steps: { readonly rehearsalId?: RehearsalId } = {}) {
  const nowMs = systemClock.nowMs();
  const buyerId = newBuyerId(nowMs);
  const session = { buyerId, role: "shopper", expiresAtMs: nowMs + SESSION_MS, ...steps } as const;
  return { buyerId, token: issueSession(signer, session) };
}
