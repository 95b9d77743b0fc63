import { lineTexts as texts } from "../../../texts/line.ts";
import { announce } from "../page/dom.ts";
import type { ServerClock } from "../clock/server-clock.ts";
import { showTurnClock } from "./line-view.ts";

const warnings = [60, 30, 10] as const;

type Turn = { readonly fromMs: number; readonly toMs: number | null; readonly hasBegun: boolean };
export type TurnClock = { show: (turn: Turn | null) => void };

/** Counts a turn down, second by second, and warns politely; `onDue` is called when it begins and when it is over. */
export function startTurnClock(root: HTMLElement, clock: ServerClock, onDue: () => void): TurnClock {
  let timeout: ReturnType<typeof setTimeout> | undefined;
  let lastLeftMs = Infinity;

  function tick({ fromMs, toMs, hasBegun }: Turn): void {
    clearTimeout(timeout);
    const nowMs = clock.nowMs() ?? fromMs;
    showTurnClock(root, hasBegun ? toMs : null, nowMs);
    const leftMs = toMs === null || !hasBegun ? Infinity : toMs - nowMs;
    const warning = warnings.findLast((seconds) => leftMs <= seconds * 1_000 && lastLeftMs > seconds * 1_000);
    if (warning !== undefined && leftMs > 0 && lastLeftMs < Infinity) announce(texts.warnings[warning]);
    lastLeftMs = leftMs;
    if (hasBegun && leftMs <= 0) return;
    const untilNextMs = hasBegun ? leftMs % 1_000 : fromMs - nowMs;
    const nextMs = leftMs === Infinity && hasBegun ? 1_000 : untilNextMs + 20;
    timeout = setTimeout(
      () => {
        if (!hasBegun || leftMs <= 1_000) onDue();
        tick({ fromMs, toMs, hasBegun: hasBegun || (clock.nowMs() ?? 0) >= fromMs });
      },
      Math.min(nextMs, 1_020),
    );
  }

  return {
    show: (turn) => {
      clearTimeout(timeout);
      if (turn) return tick(turn);
      lastLeftMs = Infinity;
      showTurnClock(root, null, 0);
    },
  };
}
