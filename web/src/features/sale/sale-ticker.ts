import { texts } from "../../../texts/texts.ts";
import { milestonePassed, untilNextSecondMs, clockText } from "../clock/countdown.ts";
import type { ServerClock } from "../clock/server-clock.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import type { PurchaseState } from "../purchase/purchase-state.ts";
import { showCountdown } from "./countdown-view.ts";
import type { FaceKind } from "./face-kind.ts";
import { OPENING_MS } from "./opening.ts";
import type { Knowledge } from "./sale-face.ts";

/** A timer may be early by less than this. */
const TIMER_MS = 5;

function endText(endsAtMs: number, remainingMs: number): string {
  if (remainingMs <= 0) return texts.sale.endingNow;
  const left = clockText(remainingMs);
  return left === null ? texts.sale.endsOn(formatMoment(endsAtMs)) : texts.sale.endsIn(left);
}

export type SaleTicker = { show: (face: FaceKind, known: Knowledge) => void };

/** Everything that changes by the second: the countdown, its milestones, and the wait before the next try. */
export function startTicker(root: HTMLElement, clock: ServerClock, onDue: () => void): SaleTicker {
  const timer = part(root, "timer");
  const more = part(root, "more");
  const endsIn = part(root, "ends-in");
  let timeout: ReturnType<typeof setTimeout> | undefined;
  let endTimeout: ReturnType<typeof setTimeout> | undefined;
  let lastRemainingMs: number | null = null;
  let wait: { of: PurchaseState; untilMs: number } | null = null;

  function tickCountdown(startsAtMs: number): void {
    const remainingMs = startsAtMs - (clock.nowMs() ?? startsAtMs);
    showCountdown(timer, remainingMs);
    const milestone = lastRemainingMs === null ? null : milestonePassed(lastRemainingMs, remainingMs);
    if (milestone !== null) announce(texts.milestones[milestone]);
    const isDue = lastRemainingMs !== null && lastRemainingMs > 0 && remainingMs <= 0;
    lastRemainingMs = remainingMs;
    if (isDue) return onDue();
    if (remainingMs > 0)
      timeout = setTimeout(() => tickCountdown(startsAtMs), untilNextSecondMs(remainingMs));
    else if (remainingMs > -OPENING_MS) timeout = setTimeout(onDue, OPENING_MS + remainingMs + TIMER_MS);
  }

  function tickEnd(endsAtMs: number): void {
    const remainingMs = endsAtMs - (clock.nowMs() ?? endsAtMs);
    setText(endsIn, endText(endsAtMs, remainingMs));
    if (remainingMs > 0) endTimeout = setTimeout(() => tickEnd(endsAtMs), untilNextSecondMs(remainingMs));
  }

  function tickWait(untilMs: number): void {
    const seconds = Math.ceil((untilMs - performance.now()) / 1000);
    setText(more, seconds > 0 ? texts.sale.retryIn(formatCount(seconds)) : texts.sale.retryNow);
    if (seconds > 0) timeout = setTimeout(() => tickWait(untilMs), 1000);
  }

  return {
    show: (face, { sale, purchase }) => {
      clearTimeout(timeout);
      clearTimeout(endTimeout);
      const endsAt = typeof sale === "object" && (face === "open" || face === "too_few") ? sale.endsAt : null;
      setShown(endsIn, endsAt !== null);
      if (endsAt !== null) tickEnd(Date.parse(endsAt));
      if ((face === "scheduled" || face === "opening") && typeof sale === "object")
        tickCountdown(Date.parse(sale.startsAt));
      else lastRemainingMs = null;
      const isRetrying =
        (purchase?.kind === "waiting" && purchase.attempt > 0) ||
        (purchase?.kind === "submitting" && purchase.why !== null);
      setShown(more, isRetrying);
      if (!isRetrying) return;
      if (wait?.of !== purchase)
        wait = {
          of: purchase,
          untilMs: performance.now() + (purchase.kind === "waiting" ? purchase.waitMs : 0),
        };
      tickWait(wait.untilMs);
    },
  };
}
