import type { Clock } from "../clock.ts";
import type { Language } from "../contract/language.ts";
import { doEach } from "../each.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { Mail } from "../identity/mail.ses.ts";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { isSettled, mayTell } from "../mail/marks.dynamo.ts";
import type { Post } from "../mail/post.ts";
import { sendMarked } from "../mail/send-marked.ts";
import type { Measure } from "../metrics.ts";
import type { PushNotice } from "../push/notice.ts";
import type { PushQueue } from "../push/push-queue.sqs.ts";
import type { Sale } from "../sale/sale.ts";
import type { BuyerEntry } from "./entries.dynamo.ts";
import type { Joins } from "./joins.dynamo.ts";
import { LIST_PARTS } from "./line-key.ts";
import type { LineFiles } from "./line-files.dynamo.ts";
import type { LineLogs } from "./line-log.dynamo.ts";
import { type LineState, noLine, type Step } from "./line-state.ts";
import { listOfRank } from "./lot.ts";
import type { Results } from "./results.dynamo.ts";
import { hasHash } from "./sort-hashes.ts";
import { receiptOf } from "./ticket.ts";
import { isIn } from "./turn.ts";
import type { OwedTurn, TurnMails } from "./turn-mails.dynamo.ts";
import { rankIn } from "./turns.ts";
import { hasLeft } from "./withdrawn.ts";

/** Of a turn that is about to end nobody is told any more. */
const LEAST_LEFT_MS = 20_000;
/** A step is in the log within moments of being owed, or it never comes there. */
const LONGEST_OWED_MS = 600_000;

export type BegunTurn = { readonly fromMs: number; readonly untilMs: number; readonly isKept: boolean };

export type TurnTellDependencies = {
  readonly joins: Pick<Joins, "ofList">;
  readonly logs: Pick<LineLogs, "read">;
  readonly files: Pick<LineFiles, "readList">;
  readonly results: Pick<Results, "marks">;
  readonly turnMails: TurnMails;
  readonly saleOf: (saleId: SaleId) => Promise<Sale | null>;
  readonly addresses: Pick<Addresses, "of">;
  readonly turnMail: (language: Language, sale: Sale, turn: BegunTurn) => Omit<Mail, "to">;
  readonly pushes: Pick<PushQueue, "sendAll">;
  readonly clock: Clock;
  readonly warn: Warn;
  readonly measure: Measure;
};

type RankedEntry = BuyerEntry & { readonly rank: string; readonly leaf: string };

/**
 * Tells people by mail that it is their turn, each once, while there is time to use it. Who left is not told. Whoever has bought
 * meanwhile may be told all the same: the mail says that it needs nothing then.
 */
export function createTurnTeller(deps: TurnTellDependencies) {
  const known = new Map<SaleId, LineState>();
  /** Entries of lists that have closed, with their ranks: they never change. */
  const lists = new Map<string, RankedEntry[]>();
  /** Steps whose people's browsers are told already, as far as this environment knows; the sender knows it for certain. */
  const pushed = new Set<string>();

  async function peopleOf(saleId: SaleId, state: LineState, step: Step): Promise<RankedEntry[]> {
    const list = listOfRank(step.upTo);
    const name = `${saleId} ${list}`;
    let all = lists.get(name);
    const root = state.lists[list]?.root?.root;
    if (!all && root !== undefined) {
      const closed = await deps.files.readList(saleId, { list, root });
      const entries = await deps.joins.ofList(saleId, list);
      all = entries.flatMap((entry) => {
        const receipt = receiptOf(saleId, entry);
        const rank = rankIn(state, receipt);
        // One that came after its list was read is in no list, and has no turn.
        const isListed = closed !== null && hasHash(closed.leaves, Buffer.from(receipt.leaf, "hex"));
        return rank === null || !isListed ? [] : [{ ...entry, rank, leaf: receipt.leaf }];
      });
      if (lists.size >= MOST_LISTS) lists.clear();
      lists.set(name, all);
    }
    return (all ?? []).filter((entry) => isIn(step, entry) && !hasLeft(state.withdrawn, entry.leaf));
  }

  /** @returns whether nothing is left to do for this step. */
  async function tellStep({ saleId, step: number, atMs }: OwedTurn, post: Post): Promise<boolean> {
    const state = await deps.logs.read(saleId, known.get(saleId) ?? noLine);
    known.set(saleId, state);
    const [sale, nowMs] = [await deps.saleOf(saleId), deps.clock.nowMs()];
    const step = state.steps[number - 1];
    if (!step) return nowMs - atMs > LONGEST_OWED_MS;
    const untilMs = step.holdsFromMs + (state.rules?.turnSeconds ?? 0) * 1_000;
    if (!sale || state.end === "ended" || step.lapsesAtMs !== null || nowMs > untilMs - LEAST_LEFT_MS)
      return true;
    const people = await toldBy(deps, saleId, state, await peopleOf(saleId, state, step));
    const marks = await deps.turnMails.allMarks(saleId, number);
    const open = people.filter(({ buyerId }) => !isSettled(marks.get(buyerId), nowMs));
    const due = open.filter(({ buyerId }) => mayTell(marks.get(buyerId), nowMs));
    const addresses = await deps.addresses.of(due.map(({ buyerId }) => buyerId));
    await pushTurns(sale, number, untilMs, due);
    const tellings = deps.turnMails.marks(saleId, number, untilMs);
    const turn = { fromMs: step.holdsFromMs, untilMs, isKept: state.rules?.mode !== "waiting_room" };
    let done = 0;
    for (const { buyerId, language } of due) {
      if (!post.isOpen()) return false;
      const to = addresses.get(buyerId);
      const mail = to === undefined ? null : { to, ...deps.turnMail(language, sale, turn) };
      if (await sendMarked(deps, tellings, post, buyerId, mail)) done++;
    }
    return done === open.length;
  }

  /** Has browsers told before the mails, which go one by one; the mail says the same to whoever's browser hears nothing. */
  async function pushTurns(
    sale: Sale,
    step: number,
    untilMs: number,
    due: readonly RankedEntry[],
  ): Promise<void> {
    const { saleId, mode } = sale;
    const name = `${saleId} ${step}`;
    if (pushed.has(name)) return;
    const notices = due.map(({ buyerId, language }): PushNotice => {
      const notAfterMs = untilMs - LEAST_LEFT_MS;
      return {
        kind: "turn",
        saleId,
        buyerId,
        step,
        untilMs,
        notAfterMs,
        isReturn: mode.kind === "open",
        language,
      };
    });
    try {
      await deps.pushes.sendAll(notices);
      if (pushed.size >= MOST_STEPS) pushed.clear();
      pushed.add(name);
    } catch (error) {
      deps.warn("browsers are not told of a turn yet", { saleId, step, error });
    }
  }

  return async function tellTurns(post: Post): Promise<void> {
    await doEach(
      await deps.turnMails.owed(),
      async (owed) => {
        if (post.isOpen() && (await tellStep(owed, post)))
          await deps.turnMails.settle(owed.saleId, owed.step);
      },
      ({ saleId, step }, error) => deps.warn("nobody is told of a turn yet", { saleId, step, error }),
    );
  };
}

const MOST_LISTS = 50;
const MOST_STEPS = 2_000;

/**
 * Of a draw, those who were told before that they were not selected: whoever was not told yet hears of the turn by the result's own
 * mail.
 */
async function toldBy(
  { results }: TurnTellDependencies,
  saleId: SaleId,
  { rules }: LineState,
  people: readonly RankedEntry[],
): Promise<readonly RankedEntry[]> {
  if (rules?.mode !== "draw") return people;
  const parts = await Promise.all(
    Array.from({ length: LIST_PARTS }, (_, part) => results.marks(saleId, part)),
  );
  const marks = new Map(parts.flatMap((part) => [...part]));
  return people.filter(({ buyerId }) => {
    const mark = marks.get(buyerId);
    return mark?.state === "told" && mark.what === "not_selected";
  });
}
