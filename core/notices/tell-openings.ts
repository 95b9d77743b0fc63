import type { Clock } from "../clock.ts";
import type { Language } from "../contract/language.ts";
import { REMIND_BEFORE_MS } from "../contract/remind-before.ts";
import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { Mail } from "../identity/mail.ses.ts";
import { doEach } from "../each.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { isSettled, markOf, mayTell } from "../mail/marks.dynamo.ts";
import type { Post } from "../mail/post.ts";
import { sendMarked } from "../mail/send-marked.ts";
import type { Measure } from "../metrics.ts";
import type { PushQueue } from "../push/push-queue.sqs.ts";
import { isOver, type Sale } from "../sale/sale.ts";
import { dueOpenings, hasSurelyBegun, LEAST_LEFT_MS, reminderAt, wantedAtMs } from "./reminder.ts";
import { aboutOf, REMINDER_PARTS, type Reminder, type Reminders } from "./reminders.dynamo.ts";

const AT_ONCE = 50;

export type OpeningDependencies = {
  readonly reminders: Reminders;
  readonly saleOf: (saleId: SaleId) => Promise<Sale | null>;
  readonly addresses: Pick<Addresses, "of">;
  readonly openingMail: (
    language: Language,
    sale: Sale,
    opening: { readonly opensAtMs: number; readonly unsubscribe: string },
  ) => Omit<Mail, "to">;
  /** When the tier opens that a buyer is on; null: they are on none. */
  readonly tierOpensAtMs: (sale: Sale, buyerId: BuyerId) => Promise<number | null>;
  readonly pushes: Pick<PushQueue, "sendAll">;
  readonly clock: Clock;
  readonly warn: Warn;
  readonly measure: Measure;
};

/** A wish that was taken in the last moment before it was due is written within this time. */
const LAST_WISHES_MS = 30_000;

type Wanted = Reminder & { readonly wantedMs: number };

type Parts = Map<SaleId, { readonly of: string; readonly parts: Set<number> }>;

/** The parts of a sale that are done for what is told now; of anything else they are forgotten. */
function partsOf(all: Parts, saleId: SaleId, of: string): Set<number> {
  const known = all.get(saleId);
  if (known?.of === of) return known.parts;
  const parts = new Set<number>();
  all.set(saleId, { of, parts });
  return parts;
}

/**
 * Tells those who asked for it that a sale opens to them soon, each once for a moment. By the sale as it is now: whoever was told
 * of a moment from which it was moved is told of the new one. One that is over, or paused, is announced to nobody.
 */
export function createOpeningTeller(deps: OpeningDependencies) {
  /** By sale, of which openings, and parts in which nothing is left to do for them. */
  const done: Parts = new Map();
  /** Likewise, parts whose browsers are told already; the sender knows it for certain. */
  const pushed: Parts = new Map();

  /** Who wants to know of an opening that is near. */
  async function wantedIn(sale: Sale, part: number): Promise<Wanted[]> {
    const asked = await deps.reminders.ofPart(sale.saleId, part);
    const all = await Promise.all(
      asked.map(async (reminder) => {
        const tierAtMs = await deps.tierOpensAtMs(sale, reminder.buyerId);
        const isDue = reminderAt(sale, deps.clock.nowMs(), tierAtMs) === "due";
        return isDue ? [{ ...reminder, wantedMs: wantedAtMs(sale, tierAtMs) }] : [];
      }),
    );
    return all.flat();
  }

  /** Has browsers told before the mails, which go one by one; the mail says the same to whoever's browser hears nothing. */
  async function pushOpening(sale: Sale, of: string, part: number, due: readonly Wanted[]): Promise<void> {
    const { saleId } = sale;
    const parts = partsOf(pushed, saleId, of);
    if (parts.has(part) || due.length === 0) return;
    try {
      for (const some of chunk(due, AT_ONCE)) {
        const areAsked = await Promise.all(
          some.map(({ buyerId }) => deps.reminders.isAsked(saleId, buyerId)),
        );
        const notices = some
          .filter((_, index) => areAsked[index])
          .map(({ buyerId, language, wantedMs }) => {
            const notAfterMs = wantedMs - LEAST_LEFT_MS;
            return { kind: "opening", saleId, buyerId, notAfterMs, language } as const;
          });
        await deps.pushes.sendAll(notices);
      }
      parts.add(part);
    } catch (error) {
      deps.warn("browsers are not told of an opening yet", { saleId, part, error });
    }
  }

  async function tellPart(sale: Sale, of: string, part: number, post: Post): Promise<boolean> {
    const { reminders, clock } = deps;
    const { saleId } = sale;
    const [asked, marks] = await Promise.all([wantedIn(sale, part), reminders.allMarks(saleId, part)]);
    const nowMs = clock.nowMs();
    const markFor = ({ buyerId, wantedMs }: Wanted) => markOf(marks.get(buyerId), aboutOf(wantedMs));
    const open = asked.filter((reminder) => !isSettled(markFor(reminder), nowMs));
    const due = open.filter((reminder) => mayTell(markFor(reminder), nowMs));
    await pushOpening(sale, of, part, due);
    const addresses = await deps.addresses.of(due.map(({ buyerId }) => buyerId));
    let toldCount = 0;
    for (const { buyerId, language, unsubscribe, wantedMs } of due) {
      if (!post.isOpen()) return false;
      const to = addresses.get(buyerId);
      // Asked right before: whoever stopped them in between gets none.
      const isWanted = to !== undefined && (await reminders.isAsked(saleId, buyerId));
      const opening = { opensAtMs: sale.mode.kind === "open" ? wantedMs : sale.startsAtMs, unsubscribe };
      const mail = isWanted ? { to, ...deps.openingMail(language, sale, opening) } : null;
      if (await sendMarked(deps, reminders.marks(saleId, wantedMs), post, buyerId, mail)) toldCount++;
    }
    return toldCount === open.length;
  }

  async function tellSale(saleId: SaleId, post: Post): Promise<void> {
    const sale = await deps.saleOf(saleId);
    if (!sale) return;
    const nowMs = deps.clock.nowMs();
    if (isOver(sale) || hasSurelyBegun(sale, nowMs)) {
      done.delete(saleId);
      pushed.delete(saleId);
      return deps.reminders.settle(saleId);
    }
    const openings = dueOpenings(sale, nowMs);
    const latest = openings.at(-1);
    if (latest === undefined || sale.state !== "running") return;
    // Another list of guests may put people on another tier.
    const of = [...openings, JSON.stringify(sale.guestList)].join(" ");
    const parts = partsOf(done, saleId, of);
    const isWhole = nowMs - (latest - REMIND_BEFORE_MS) >= LAST_WISHES_MS;
    for (let part = 0; part < REMINDER_PARTS && post.isOpen(); part++)
      if (!parts.has(part) && (await tellPart(sale, of, part, post)) && isWhole) parts.add(part);
  }

  return async function tellOpenings(post: Post): Promise<void> {
    await doEach(
      await deps.reminders.owed(),
      async (saleId) => {
        if (post.isOpen()) await tellSale(saleId, post);
      },
      (saleId, error) => deps.warn("nobody is reminded of a sale yet", { saleId, error }),
    );
  };
}
