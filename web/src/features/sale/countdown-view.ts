import { countdownParts } from "../clock/countdown.ts";
import { part, setShown, setText } from "../page/dom.ts";

/** Writes the digits; days are shown only while there are any. */
export function showCountdown(timer: HTMLElement, remainingMs: number): void {
  const parts = countdownParts(remainingMs);
  setShown(part(timer, "days-box"), parts.days > 0);
  for (const unit of ["days", "hours", "minutes", "seconds"] as const)
    setText(part(timer, unit), String(parts[unit]).padStart(2, "0"));
}
