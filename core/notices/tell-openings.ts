import type { Clock } from "../clock.ts";
import type { Language } from "../contract/language.ts";
import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { Mail } from "../identity/mail.ses.ts";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { isSettled, mayTell } from "../mail/marks.dynamo.ts";
import type { Post } from "../mail/post.ts";
import { sendMarked } from "../mail/send-marked.ts";
import type { Measure } from "../metrics.ts";
import type { PushQueue } from "../push/push-queue.sqs.ts";
import { isOver, type Sale } from "../sale/sale.ts";
import { LEAST_LEFT_MS, reminderAt, wantedAtMs } from "./reminder.ts";
import { REMINDER_PARTS, type Reminder, type Reminders } from "./reminders.dynamo.ts";

const AT_ONCE = 50;

export type OpeningDependencies = {
  readonly reminders: Reminders;
  readonly saleOf: (saleId: SaleId) => Promise<Sale | null>;
  readonly addresses: Pick<Addresses, "of">;
  readonly openingMail: (language: Language, sale: Sale, unsubscribe: string) => Omit<Mail, "to">;
  readonly pushes: Pick<PushQueue, "sendAll">;
  readonly clock: Clock;
  readonly warn: Warn;
  readonly measure: Measure;
};

/**
 * Tells those who asked for it that a sale opens soon, each once. By the sale as it is now: one that was moved is told at its new
 * time, and one that is over before is told to nobody.
 */
export function createOpeningTeller(deps: OpeningDependencies) {
  /** By sale, parts in which nothing is left to do. */
  const done = new Map<SaleId, Set<number>>();
  /** Likewise, parts whose browsers are told already; the sender knows it for certain. */
  const pushed = new Map<SaleId, Set<number>>();

  async function tellPart(sale: Sale, part: number, post: Post): Promise<boolean> {
    const { reminders, clock } = deps;
    const { saleId } = sale;
    const [asked, marks] = await Promise.all([reminders.ofPart(saleId, part), reminders.told(saleId, part)]);
    const nowMs = clock.nowMs();
    const open = asked.filter(({ buyerId }) => !isSettled(marks.get(buyerId), nowMs));
    const due = open.filter(({ buyerId }) => mayTell(marks.get(buyerId), nowMs));
    await pushOpening(sale, part, due);
    const addresses = await deps.addresses.of(due.map(({ buyerId }) => buyerId));
    let told = 0;
    for (const { buyerId, language, unsubscribe } of due) {
      if (!post.isOpen()) return false;
      const to = addresses.get(buyerId);
      // Asked right before: whoever stopped them in between gets none.
      const isWanted = to !== undefined && (await reminders.isAsked(saleId, buyerId));
      const mail = isWanted ? { to, ...deps.openingMail(language, sale, unsubscribe) } : null;
      if (await sendMarked(deps, reminders.marks(saleId), post, buyerId, mail)) told++;
    }
    return told === open.length;
  }

  /** Has browsers told before the mails, which go one by one; the mail says the same to whoever's browser hears nothing. */
  async function pushOpening(sale: Sale, part: number, due: readonly Reminder[]): Promise<void> {
    const { saleId } = sale;
    const parts = pushed.get(saleId) ?? new Set<number>();
    if (parts.has(part) || due.length === 0) return;
    const notAfterMs = wantedAtMs(sale) - LEAST_LEFT_MS;
    try {
      for (const some of chunk(due, AT_ONCE)) {
        const wanted = await Promise.all(some.map(({ buyerId }) => deps.reminders.isAsked(saleId, buyerId)));
        const notices = some
          .filter((_, index) => wanted[index])
          .map(
            ({ buyerId, language }) => ({ kind: "opening", saleId, buyerId, notAfterMs, language }) as const,
          );
        await deps.pushes.sendAll(notices);
      }
      pushed.set(saleId, parts.add(part));
    } catch (error) {
      deps.warn("browsers are not told of an opening yet", { saleId, part, error });
    }
  }

  async function tellSale(saleId: SaleId, post: Post): Promise<void> {
    const sale = await deps.saleOf(saleId);
    const state = sale && !isOver(sale) ? reminderAt(sale, deps.clock.nowMs()) : "over";
    if (state === "early" || !sale) return;
    const parts = done.get(saleId) ?? new Set<number>();
    if (state === "due") {
      done.set(saleId, parts);
      for (let part = 0; part < REMINDER_PARTS && post.isOpen(); part++)
        if (!parts.has(part) && (await tellPart(sale, part, post))) parts.add(part);
      return;
    }
    done.delete(saleId);
    pushed.delete(saleId);
    await deps.reminders.settle(saleId);
  }

  return async function tellOpenings(post: Post): Promise<void> {
    for (const saleId of await deps.reminders.owed()) if (post.isOpen()) await tellSale(saleId, post);
  };
}
