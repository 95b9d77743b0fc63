import { consoleTexts as texts } from "../../../texts/console.ts";
import type { SaleNumbers } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { confirmByName } from "./confirm-name.ts";
import { consoleApi, type SaleAction } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";

const LOOK_AGAIN_MS = 100;
const LONGEST_EFFECT_MS = 30_000;
const goal = { pause: "paused", resume: "running", end: "ended" } as const;

/** A button that goes while it has the focus hands it on: to what undoes it, or to the sale's name. */
function keepFocus(focused: Element | null): void {
  if (!(focused instanceof HTMLElement) || focused.getClientRects().length > 0) return;
  const heirs = ["resume", "pause", "sale-name"].map((name) => part(document, name));
  heirs.find((heir) => heir.getClientRects().length > 0)?.focus();
}

export type Actions = { readonly show: (sale: SaleNumbers) => void };

/** What an operator does to a running sale. Each result is told in one line, refusals with their reason. */
export function wireActions(saleId: string, mayChange: boolean, onChanged: () => void): Actions {
  const notice = part(document, "action-notice");
  let sale: SaleNumbers | null = null;
  let isBusy = false;

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    notice.dataset["tone"] = tone;
    setText(notice, text);
    setShown(notice, true);
  }

  async function once(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      await work();
    } finally {
      isBusy = false;
      onChanged();
    }
  }

  /** Milliseconds from `startMs` until the gate itself goes by the new state; null if it did not within the limit. */
  async function timeToEffect(action: SaleAction, first: SaleNumbers, startMs: number) {
    let state = first.gateState;
    while (state !== goal[action]) {
      if (performance.now() - startMs > LONGEST_EFFECT_MS) return null;
      await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
      const seen = await consoleApi.watch(saleId);
      if (seen.kind === "ok") state = seen.value.gateState;
    }
    return Math.round(performance.now() - startMs);
  }

  async function act(action: SaleAction): Promise<void> {
    if (
      !sale ||
      (action === "end" && !(await confirmByName(texts.actions.endWhat, sale.name, texts.actions.endIt)))
    )
      return;
    const startMs = performance.now();
    tell(texts.actions.sending, "quiet");
    const reply = await consoleApi.act(saleId, action);
    if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
    if (reply.value.gateState !== goal[action]) tell(texts.actions.waiting, "quiet");
    const tookMs = await timeToEffect(action, reply.value, startMs);
    if (tookMs === null) return tell(texts.actions.noEffect, "bad");
    tell(texts.actions.done[action](formatCount(tookMs)), "good");
  }

  async function allocate(): Promise<void> {
    const input = part<HTMLInputElement>(document, "allocation");
    const allocated = input.valueAsNumber;
    if (!sale?.stock || !Number.isInteger(allocated) || allocated < 1)
      return tell(texts.actions.allocationInvalid, "bad");
    const before = sale.stock.allocated;
    const what = texts.actions.lowerWhat(formatCount(before), formatCount(allocated));
    if (allocated < before && !(await confirmByName(what, sale.name, texts.actions.lowerIt))) return;
    const reply = await consoleApi.update(saleId, { allocated });
    if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
    input.value = "";
    tell(texts.actions.allocated(formatCount(before), formatCount(allocated)), "good");
  }

  for (const action of ["pause", "resume", "end"] as const)
    part(document, action).addEventListener("click", () => void once(() => act(action)));
  part(document, "allocation-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void once(allocate);
  });

  return {
    show: (next) => {
      sale = next;
      const isDraft = next.visibility === "draft";
      const isOver = (next.phase === "ended" && !isDraft) || next.visibility === "retired";
      const goesOn = !isOver && !isDraft;
      const focused = document.activeElement;
      setShown(part(document, "pause"), mayChange && next.state === "running" && goesOn);
      setShown(part(document, "resume"), mayChange && next.state === "paused" && goesOn);
      setShown(part(document, "end"), mayChange && goesOn);
      setShown(part(document, "edit"), mayChange && !isOver);
      setShown(part(document, "clone"), mayChange);
      setShown(part(document, "allocation-form"), mayChange && !isOver);
      keepFocus(focused);
    },
  };
}
