import type { Clock } from "../clock.ts";
import type { Language } from "../contract/language.ts";
import { faultPoint } from "../fault-point.ts";
import type { Warn } from "../log.ts";
import type { SentMarks } from "../mail/sent-mails.dynamo.ts";
import type { Measure } from "../metrics.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import type { Sale } from "../sale/sale.ts";
import type { CallOutcome, EndpointCall } from "../webhooks/call-endpoint.http.ts";
import { judge, LONGEST_WAIT_MS, waitAfter } from "./judge.ts";
import { happeningOf, isOfSession, type PushNotice, ttlSecondsOf } from "./notice.ts";
import type { PushQueue } from "./push-queue.sqs.ts";
import { type PushServices, wrongEndpoint } from "./push-service.ts";
import { type PushMessage, type PushSigner, sealPush } from "./seal-push.ts";
import type { Pushes, StoredPush } from "./subscriptions.dynamo.ts";

/** One thing that one browser is told. */
export type PushMark = { readonly notice: PushNotice; readonly pushId: string };
export const pushMark = ({ notice, pushId }: PushMark): string =>
  `push-sent#${pushId}#${happeningOf(notice)}`;

export type PushDependencies = {
  readonly pushes: Pick<Pushes, "of" | "remove">;
  readonly sent: SentMarks<PushMark>;
  readonly saleRecords: Pick<SaleRecords, "get">;
  readonly queue: Pick<PushQueue, "sendLater">;
  readonly call: (call: EndpointCall) => Promise<CallOutcome>;
  readonly services: PushServices;
  readonly isLocalStage: boolean;
  readonly signer: PushSigner;
  /** The words, in the reader's language. */
  readonly write: (notice: PushNotice, sale: Sale, language: Language) => Omit<PushMessage, "tag">;
  readonly clock: Pick<Clock, "nowMs">;
  readonly warn: Warn;
  readonly measure: Measure;
};

/** More tries than that bring nothing: with the waits between them they are two hours. */
const MOST_TRIES = 12;
const UNCLEAR_MS = 60_000;

/**
 * Tells a buyer's browsers one thing, each once: a mark is made before and after each, as for a mail. What a push service does not take
 * now goes back to the queue, which holds it for a while, until it would come too late. Nothing here is what a buyer must get: the mail
 * says the same.
 *
 * @param tries how often it was tried before.
 * @throws when table or queue do not answer; then it is to come again.
 */
export async function sendPush(deps: PushDependencies, notice: PushNotice, tries: number): Promise<void> {
  const { pushes, saleRecords, clock, measure } = deps;
  const nowMs = clock.nowMs();
  if (ttlSecondsOf(notice, nowMs) === null) return measure("PushesLate", 1);
  const all = await pushes.of(notice.buyerId);
  const browsers = all.filter(({ sessionUntilMs }) => !isOfSession(notice) || nowMs < sessionUntilMs);
  if (browsers.length === 0) return;
  const sale = await saleRecords.get(notice.saleId);
  // What is bought for a test has no buyer who waits to hear of it.
  if (!sale || sale.currency === TEST_CURRENCY) return;
  const waits = await Promise.all(browsers.map((browser) => tell(deps, { notice, tries, sale, browser })));
  const waitMs = Math.max(0, ...waits);
  if (waitMs > 0) await tryLater(deps, { notice, tries, waitMs });
}

async function tryLater(
  { queue, clock, warn, measure }: PushDependencies,
  { notice, tries, waitMs }: { readonly notice: PushNotice; readonly tries: number; readonly waitMs: number },
): Promise<void> {
  if (tries + 1 < MOST_TRIES && clock.nowMs() + waitMs < notice.notAfterMs)
    return queue.sendLater(notice, tries + 1, Math.min(waitMs, LONGEST_WAIT_MS));
  warn("a browser was not told, and it is too late to try again", namesOf(notice));
  measure("PushesGivenUp", 1);
}

type Telling = {
  readonly notice: PushNotice;
  readonly tries: number;
  readonly sale: Sale;
  readonly browser: StoredPush;
};

/** @returns how long to wait until it is tried again; 0: nothing is left to do. */
async function tell(deps: PushDependencies, telling: Telling): Promise<number> {
  const { sent, clock, measure } = deps;
  const { notice, browser } = telling;
  const mark = { notice, pushId: browser.pushId };
  const begun = await sent.begin(mark, clock.nowMs());
  if (begun.kind === "done") return 0;
  if (begun.kind === "wait") return UNCLEAR_MS;
  if (begun.kind !== "begun") {
    measure("PushesGivenUp", 1);
    await sent.end(mark, clock.nowMs());
    return 0;
  }
  const call = sealed(deps, telling);
  if (!call) {
    await deps.pushes.remove(browser.pushId, browser.buyerId);
    await sent.end(mark, clock.nowMs());
    return 0;
  }
  const outcome = await deps.call(call);
  await faultPoint("push_after_call");
  return after(deps, { telling, mark, outcome, silences: begun.silences });
}

/** Null: this browser cannot be called, by keys that are none or at a service that is not known any more. */
function sealed(deps: PushDependencies, { notice, sale, browser }: Telling): EndpointCall | null {
  const { services, isLocalStage, signer, clock, warn } = deps;
  const ttlSeconds = ttlSecondsOf(notice, clock.nowMs()) ?? 0;
  try {
    const wrong = wrongEndpoint(browser.endpoint, services, isLocalStage);
    if (wrong !== null) throw new Error(wrong);
    const language = ("language" in notice && notice.language) || browser.language;
    const message = { ...deps.write(notice, sale, language), tag: happeningOf(notice) };
    return sealPush(browser, message, { notice, ttlSeconds }, signer);
  } catch (error) {
    warn("a browser cannot be told anything, and is forgotten", { pushId: browser.pushId, error });
    return null;
  }
}

async function after(
  { pushes, sent, clock, warn, measure }: PushDependencies,
  {
    telling: { notice, tries, browser },
    mark,
    outcome,
    silences,
  }: {
    readonly telling: Telling;
    readonly mark: PushMark;
    readonly outcome: CallOutcome;
    readonly silences: number;
  },
): Promise<number> {
  const { pushId, buyerId, endpoint } = browser;
  const judged = judge(outcome, tries);
  switch (judged.kind) {
    case "taken":
      await sent.end(mark, clock.nowMs());
      measure("PushesSent", 1);
      return 0;
    case "gone":
      await pushes.remove(pushId, buyerId);
      await sent.end(mark, clock.nowMs());
      measure("PushesGone", 1);
      return 0;
    case "later":
      await sent.undo(mark);
      return judged.waitMs;
    case "unclear":
      await sent.silent(mark, silences, clock.nowMs());
      return Math.max(UNCLEAR_MS, waitAfter(tries));
    case "never":
      await sent.end(mark, clock.nowMs());
      // Its host alone: the whole address is the right to call the browser.
      warn("a push service refuses what it is handed", {
        ...namesOf(notice),
        host: new URL(endpoint).host,
        status: outcome.status,
        error: outcome.error,
      });
      measure("PushesGivenUp", 1);
      return 0;
    default:
      return judged satisfies never;
  }
}

/** What a line of the log says of it: never where it went. */
const namesOf = ({ kind, saleId, buyerId }: PushNotice) => ({ kind, saleId, buyerId });
