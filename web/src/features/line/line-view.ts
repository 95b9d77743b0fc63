import { lineTexts as texts } from "../../../texts/line.ts";
import { localePath } from "../../../texts/locale.ts";
import { locale } from "../../../texts/texts.ts";
import type { SaleStatus } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import type { Ahead, Wait } from "./estimate.ts";
import { wireCheckView } from "./check-view.ts";
import type { Line } from "./line.ts";
import type { Place } from "./place.ts";
import { isForReturns, momentOf } from "./tell.ts";

const SECOND_MS = 1_000;
const LONGEST_QUANTITY_LIST = 10;

type Shown = {
  readonly line: Line;
  readonly sale: SaleStatus;
  readonly isSignedIn: boolean;
  readonly nowMs: number;
};
export type LineView = { show: (shown: Shown) => void; hide: () => void };

/** The part of the sale's page that is about its line. */
export function wireLineView(
  root: HTMLElement,
  line: Pick<Line, "join" | "joinWithoutCheck" | "cancelJoin" | "leave">,
  onActed: () => void,
): LineView {
  const box = part(root, "line");
  // Below the button to buy, which must be in sight while a turn runs.
  const more = part(root, "line-more");
  const quantity = part<HTMLSelectElement>(box, "join-quantity");
  const leave = part(more, "leave");
  const leaveText = leave.textContent;
  const joinButton = part(box, "join-button");
  const joinText = joinButton.textContent?.trim();
  const check = wireCheckView(box, line, onActed);
  let isLeavingAsked = false;

  part(box, "join-form").addEventListener("submit", (event) => {
    event.preventDefault();
    onActed();
    line.join(Number(quantity.value) || 1);
  });
  // It cannot be taken back, and takes two clicks.
  leave.addEventListener("click", () => {
    if (isLeavingAsked) {
      onActed();
      line.leave();
    }
    isLeavingAsked = !isLeavingAsked;
    setText(leave, isLeavingAsked ? texts.leaveSure : (leaveText ?? ""));
  });

  return {
    hide: () => [box, more].forEach((element) => setShown(element, false)),
    show: ({ line: heard, sale, isSignedIn, nowMs }) => {
      const [place, view] = [heard.place(), heard.view()];
      for (const element of [box, more]) setShown(element, true);
      part<HTMLAnchorElement>(more, "proof-link").href = localePath(locale, `/sale/${sale.saleId}/proof`);
      const alarms = heard.alarms().map((alarm) => texts.alarms[alarm]);
      write(box, "line-alarm", alarms.join(" "));
      const grown = heard.grownWhy();
      write(box, "leave-failed", heard.hasLeaveFailed() && isLeaveOffered(place) ? texts.leaveFailed : "");
      write(
        box,
        "line-grown",
        place.kind === "waiting" && grown !== null ? texts.grown(texts.why[grown]) : "",
      );
      write(box, "line-message", view?.pace?.message ?? "");
      setShown(part(box, "join-form"), isSignedIn && isJoinOffered(place));
      check.show(isSignedIn ? place : null);
      offer(quantity, Math.min(view?.purchaseLimit ?? sale.purchaseLimit, LONGEST_QUANTITY_LIST));
      setText(joinButton, isForReturns(view) ? texts.tellMe : (joinText ?? ""));
      setShown(part(box, "join-quantity-label"), quantity.length > 1);
      for (const waiting of [leave, part(more, "line-push")]) setShown(waiting, isLeaveOffered(place));
      const facts = factsOf(heard, place, nowMs);
      for (const [name, text] of Object.entries(facts)) {
        setShown(part(more, `line-${name}-row`), text !== "");
        setText(part(more, `line-${name}`), text);
      }
    },
  };
}

function write(box: HTMLElement, name: string, text: string): void {
  setText(part(box, name), text);
  setShown(part(box, name), text !== "");
}

const isJoinOffered = (place: Place): boolean =>
  place.kind === "join" || ((place.kind === "lapsed" || place.kind === "withdrawn") && place.mayJoin);
const isLeaveOffered = ({ kind }: Place): boolean => ["joined", "waiting", "drawn"].includes(kind);

function offer(list: HTMLSelectElement, length: number): void {
  if (list.length === length) return;
  list.replaceChildren(...Array.from({ length }, (_, i) => new Option(formatCount(i + 1), String(i + 1))));
}

/** What is told of the line, by name; empty: nothing. */
function factsOf(heard: Line, place: Place, nowMs: number): Record<string, string> {
  const [view, entry] = [heard.view(), heard.entry()];
  const isIn = ["joined", "waiting", "drawn", "turn", "passed_over"].includes(place.kind);
  const isMoving = ["waiting", "drawn", "turn"].includes(place.kind);
  const published = view?.lists.find(({ list }) => list === entry?.receipt.list)?.root != null;
  return {
    ahead: "ahead" in place ? aheadText(place.ahead) : "",
    wait: place.kind === "waiting" ? waitText(place.wait, nowMs) : "",
    left:
      isMoving && view?.stock
        ? texts.left(formatCount(view.stock.available), formatCount(view.stock.held))
        : "",
    // A draw has none: every winner's turn comes at once.
    pace: isMoving && view?.pace && view.mode === "waiting_room" ? paceText(view.pace) : "",
    list: isIn && entry ? texts.list(formatCount(entry.receipt.list), entry.receipt.lane === 1) : "",
    lot: isIn && entry?.rank ? `${entry.rank.slice(11, 23)}…` : "",
    leaf: !isIn ? "" : heard.isLeafSeen() ? texts.leafSeen : published ? "" : texts.leafNotYet,
  };
}

const aheadText = ({ least, most }: Ahead): string =>
  most <= 0 ? texts.next : texts.between(formatCount(least), formatCount(most));

const paceText = ({ isPaused, admissionsPerSecond }: { isPaused: boolean; admissionsPerSecond: number }) =>
  isPaused ? texts.paused : texts.perSecond(formatCount(admissionsPerSecond));

function waitText({ fromMs, toMs }: Wait, nowMs: number): string {
  if (fromMs === null || toMs === null) return "";
  const [from, to] = [spanText(fromMs - nowMs), spanText(toMs - nowMs)];
  return from === to ? from : texts.waits(from, to);
}

/** Rounded up, and no finer than anybody can know it. */
function spanText(ms: number): string {
  const seconds = Math.max(0, ms) / SECOND_MS;
  if (seconds <= 90) return texts.seconds(formatCount(Math.max(5, Math.ceil(seconds / 5) * 5)));
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90
    ? texts.minutes(formatCount(minutes))
    : texts.hours(formatCount(Math.ceil(minutes / 60)));
}

const pad = (value: number) => String(value).padStart(2, "0");

/** Writes the time that is left of a turn; null: no turn, or its end is not known. */
export function showTurnClock(root: HTMLElement, toMs: number | null, nowMs: number): void {
  const clock = part(root, "turn-clock");
  setShown(clock, toMs !== null);
  if (toMs === null) return;
  const seconds = Math.max(0, Math.ceil((toMs - nowMs) / SECOND_MS));
  clock.dataset["tone"] = seconds <= 60 ? "bad" : "quiet";
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const time = `${hours > 0 ? `${hours}:${pad(minutes)}` : minutes}:${pad(seconds % 60)}`;
  setText(part(clock, "turn-left"), texts.turnLeft(time));
  setText(part(clock, "turn-until"), texts.turnUntil(momentOf(toMs, nowMs)));
}
