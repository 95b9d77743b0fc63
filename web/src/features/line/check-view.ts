import { part, setShown } from "../page/dom.ts";
import type { Line } from "./line.ts";
import type { Place } from "./place.ts";

export type CheckView = { show: (place: Place | null) => void };

/**
 * The check on joining, and the way around it. Its progress can be looked up, and is not told at each step: the heading is
 * told, once.
 */
export function wireCheckView(
  box: HTMLElement,
  line: Pick<Line, "joinWithoutCheck" | "cancelJoin">,
  onActed: () => void,
): CheckView {
  const panel = part(box, "check");
  const progress = part<HTMLProgressElement>(panel, "check-progress");
  const act = (name: string, does: () => void) =>
    part(panel, name).addEventListener("click", () => {
      onActed();
      does();
    });
  act("join-without-check", line.joinWithoutCheck);
  act("cancel-join", line.cancelJoin);

  return {
    show: (place) => {
      const isRunning = place?.kind === "challenge";
      setShown(panel, isRunning || place?.kind === "slower");
      setShown(progress, isRunning);
      if (isRunning) progress.value = place.progress;
    },
  };
}
