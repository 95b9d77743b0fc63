import type { LineNumbers, LineView } from "../api/contract.ts";
import { request } from "../api/request.ts";
import { consoleApi } from "./console-api.ts";

const LOOK_AGAIN_MS = 150;
const LONGEST_SHOWN_MS = 15_000;
/** A step may come a second after the next look of the guardian, and is announced some seconds ahead. */
const LONGEST_HELD_MS = 10_000;

/** Milliseconds until the line that everybody gets bears the change; null: it did not within the limit. */
export async function timeUntilShown(saleId: string, lines: number, startMs: number): Promise<number | null> {
  while (performance.now() - startMs < LONGEST_SHOWN_MS) {
    const seen = await request<LineView>(`/api/sale/${encodeURIComponent(saleId)}/line`, {
      isPublic: true,
    });
    if (seen.kind === "ok" && seen.value.log.lines >= lines) return Math.round(performance.now() - startMs);
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
  }
  return null;
}

/**
 * When the click was by the gate's clock, at the latest: the answer bears its time, and came so long after the click.
 *
 * @param tookMs from the click to the answer.
 */
export const clickedAtMs = ({ line }: LineNumbers, tookMs: number): number =>
  Date.parse(line.serverTime) - tookMs;

/**
 * Milliseconds from the click to the instant from which the change holds, by the gate's clock; null: no step has been made by it
 * yet, or somebody else has changed the line again.
 */
export async function timeUntilHeld(
  saleId: string,
  numbers: LineNumbers,
  clickMs: number,
): Promise<number | null> {
  const startMs = performance.now();
  const madeAt = numbers.change?.at;
  let { change } = numbers;
  while (
    change?.at === madeAt &&
    change?.holdsFrom === null &&
    performance.now() - startMs < LONGEST_HELD_MS
  ) {
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
    const reply = await consoleApi.line(saleId);
    if (reply.kind === "ok") ({ change } = reply.value);
  }
  return change && change.at === madeAt && change.holdsFrom ? Date.parse(change.holdsFrom) - clickMs : null;
}
