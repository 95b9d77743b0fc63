import type { Clock } from "../clock.ts";
import type { Language } from "../contract/language.ts";
import { doEach } from "../each.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { Mail } from "../identity/mail.ses.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { isGivenUp, isSettled, type Mark, mayTell } from "../mail/marks.dynamo.ts";
import type { Post } from "../mail/post.ts";
import type { Measure } from "../metrics.ts";
import { isOver, phaseOf, type Sale } from "../sale/sale.ts";
import type { ClosedList } from "./closed-list.ts";
import type { BuyerEntry } from "./entries.dynamo.ts";
import type { Joins } from "./joins.dynamo.ts";
import type { LineFiles } from "./line-files.dynamo.ts";
import { LIST_PARTS } from "./line-key.ts";
import type { LineLogs } from "./line-log.dynamo.ts";
import type { LineState } from "./line-state.ts";
import { type RankedList, rankList } from "./ranked-list.ts";
import { type DrawResult, hasWon, isDrawn, resultOf } from "./result.ts";
import type { Results } from "./results.dynamo.ts";
import { hasHash } from "./sort-hashes.ts";
import { receiptOf } from "./ticket.ts";

/** A draw has one list. */
const LIST = 0;
const ENDED = "ended" satisfies DrawResult["kind"];

export type TellDependencies = {
  readonly joins: Pick<Joins, "ofPart">;
  readonly logs: Pick<LineLogs, "read">;
  readonly files: Pick<LineFiles, "readList">;
  readonly results: Results;
  readonly saleOf: (saleId: SaleId) => Promise<Sale | null>;
  readonly addresses: Pick<Addresses, "of">;
  readonly resultMail: (language: Language, sale: Sale, result: DrawResult) => Omit<Mail, "to">;
  readonly clock: Clock;
  readonly warn: Warn;
  readonly measure: Measure;
};

type Pass = "winners" | "all";

type Draw = {
  readonly sale: Sale;
  readonly state: LineState;
  readonly closed: ClosedList;
  readonly ranked: RankedList;
};

/**
 * Tells the entrants of draws what came of their entries, each by one mail. An entry is marked before its mail is sent and after it
 * was taken; a run that dies is gone on with by the next. A mail whose sending was not answered is sent once more, five minutes
 * later: it may come twice then, and never a third time. A mail that surely did not go out is sent later, as often as need be.
 */
export function createResultTeller(deps: TellDependencies) {
  /** By draw and pass, parts in which nothing is left to do. */
  const done = new Map<string, Set<number>>();

  /** @returns whether nothing is left to do in this pass. */
  async function tellPass(draw: Draw, pass: Pass, post: Post): Promise<boolean> {
    const name = `${draw.sale.saleId} ${pass}`;
    const parts = done.get(name) ?? new Set<number>();
    done.set(name, parts);
    for (let part = 0; part < LIST_PARTS && post.isOpen(); part++)
      if (!parts.has(part) && (await tellPart(deps, draw, { part, pass }, post))) parts.add(part);
    return parts.size === LIST_PARTS;
  }

  async function tellDraw(saleId: SaleId, post: Post): Promise<void> {
    const draw = await readDraw(deps, saleId);
    if (!draw) return;
    // A turn is short: nobody who has one waits behind those who have none.
    await tellPass(draw, "winners", post);
    if (!post.isOpen() || !(await tellPass(draw, "all", post))) return;
    await deps.results.settle(saleId);
    for (const pass of ["winners", "all"] as const) done.delete(`${saleId} ${pass}`);
  }

  /** @returns how many mails were taken. */
  return async function tellResults(post: Post): Promise<number> {
    await doEach(
      await deps.results.owed(),
      (saleId) => tellDraw(saleId, post),
      (saleId, error) => deps.warn("the result of a draw is not told yet", { saleId, error }),
    );
    return post.taken();
  };
}

/** Null: there is nothing to tell yet. */
async function readDraw(deps: TellDependencies, saleId: SaleId): Promise<Draw | null> {
  const [state, sale] = await Promise.all([deps.logs.read(saleId), deps.saleOf(saleId)]);
  const { root, key } = state.lists[LIST] ?? {};
  if (!sale || !root || !key) return null;
  const closed = await deps.files.readList(saleId, { list: LIST, root: root.root });
  if (!closed) throw new Error(`list ${LIST} of ${saleId} has a root and no pages`);
  const ranked = rankList(closed, key.key);
  const isClosed = isOver(sale);
  return isDrawn(state, ranked, { nowMs: deps.clock.nowMs(), isClosed })
    ? { sale, state, closed, ranked }
    : null;
}

/** @returns whether nothing is left to do for this part of the list. */
async function tellPart(
  deps: TellDependencies,
  draw: Draw,
  { part, pass }: { readonly part: number; readonly pass: Pass },
  post: Post,
): Promise<boolean> {
  const { saleId } = draw.sale;
  const [all, marks] = await Promise.all([
    deps.joins.ofPart(saleId, LIST, part),
    deps.results.marks(saleId, part),
  ]);
  const nowMs = deps.clock.nowMs();
  const isDue = (entry: BuyerEntry) => {
    const result = pass === "all" || resultFor(draw, entry, nowMs);
    return result === true || (result !== null && hasWon(result));
  };
  const entries = all.filter(isDue);
  const isToldAgain = (entry: BuyerEntry) => mayTellAgain(draw, entry, marks.get(entry.buyerId), nowMs);
  const open = entries.filter((entry) => !isSettled(marks.get(entry.buyerId), nowMs) || isToldAgain(entry));
  for (const { buyerId } of entries)
    if (isGivenUp(marks.get(buyerId), nowMs)) await giveUp(deps, saleId, buyerId);
  const due = open.filter((entry) => mayTell(marks.get(entry.buyerId), nowMs) || isToldAgain(entry));
  const addresses = await deps.addresses.of(due.map(({ buyerId }) => buyerId));
  let done = 0;
  for (const entry of due) {
    if (!post.isOpen()) return false;
    if (await tellEntry(deps, draw, entry, addresses.get(entry.buyerId), post)) done++;
  }
  return done === open.length;
}

/** A sale that was over before anybody's turn was given more time: whoever was told of its end is told what came of it. */
function mayTellAgain(draw: Draw, entry: BuyerEntry, mark: Mark | undefined, nowMs: number): boolean {
  if (mark?.state !== "told" || mark.what !== ENDED) return false;
  const result = resultFor(draw, entry, nowMs);
  return result !== null && result.kind !== ENDED;
}

/** Null: there is nothing to tell. */
function resultFor(
  { sale, state, closed, ranked }: Draw,
  entry: BuyerEntry,
  nowMs: number,
): DrawResult | null {
  const receipt = receiptOf(sale.saleId, entry);
  // One that came after its list was read is in no list; nobody was told that it stands.
  const isListed = hasHash(closed.leaves, Buffer.from(receipt.leaf, "hex"));
  const hasEnded = phaseOf(sale, null, nowMs) === "ended";
  return isListed ? resultOf(state, ranked, receipt, { nowMs, hasEnded }) : null;
}

/** @returns whether nothing is left to do for this entry. */
async function tellEntry(
  deps: TellDependencies,
  draw: Draw,
  entry: BuyerEntry,
  to: string | undefined,
  post: Post,
): Promise<boolean> {
  const { results, resultMail, clock } = deps;
  const { sale } = draw;
  const { saleId } = sale;
  const { buyerId, language } = entry;
  const result = resultFor(draw, entry, clock.nowMs());
  if (!result) return true;
  const over = result.kind === ENDED ? "" : ENDED;
  if (!(await results.begin(saleId, buyerId, clock.nowMs(), over))) return false;
  const sent =
    to === undefined ? "no_address" : await post.send({ to, ...resultMail(language, sale, result) });
  if (sent === "unclear") return false;
  if (sent === "not_sent") {
    await results.takeBack(saleId, buyerId);
    return false;
  }
  if (sent === "never") await giveUp(deps, saleId, buyerId);
  else await results.end(saleId, buyerId, sent === "taken" ? "told" : "let_go", clock.nowMs(), result.kind);
  return true;
}

/** Nobody tries again, and somebody is told of it. */
async function giveUp(
  { results, clock, warn, measure }: TellDependencies,
  saleId: SaleId,
  buyerId: BuyerId,
): Promise<void> {
  await results.end(saleId, buyerId, "let_go", clock.nowMs());
  warn("a result may not have been told, and is not told again", { saleId, buyerId });
  measure("MailsGivenUp", 1);
}
