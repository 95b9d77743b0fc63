import { consoleTexts } from "../../../texts/console.ts";
import type { CheckedLater, UndoCheckedLaterRequest } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatTime } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";

const texts = consoleTexts.later;
type Reason = CheckedLater["reasons"][number];

/**
 * Who is checked later in a sale's line, why, and the way back until the list closes. Looking reads the whole list, so it is
 * done when somebody asks for it.
 */
export function wireCheckedLater(saleId: string, mayChange: boolean): { show: (hasLine: boolean) => void } {
  const panel = part(document, "later-panel");
  const form = part(panel, "later-form");
  const email = part<HTMLInputElement>(form, "later-email");
  const notice = part(panel, "later-notice");
  let isWatched = false;
  let isBusy = false;
  let list = 0;

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    notice.dataset["tone"] = tone;
    setText(notice, text);
  }

  function show(later: CheckedLater): void {
    ({ list } = later);
    const { isOpen, entries, lane1, reasons } = later;
    const counts = texts.summary(formatCount(list), formatCount(entries), formatCount(lane1));
    setText(part(panel, "later-summary"), isOpen ? counts : `${counts} ${texts.closed}`);
    setShown(part(panel, "later-table"), reasons.length > 0);
    setShown(form, mayChange && isOpen && lane1 > 0);
    part(panel, "later-rows").replaceChildren(
      ...reasons.map((reason) => rowOf(reason, mayChange && isOpen, (why) => void undo({ list, why }))),
    );
    setText(part(panel, "later-as-of"), texts.asOf(formatTime(Date.now())));
  }

  async function look(): Promise<void> {
    const reply = await consoleApi.checkedLater(saleId);
    if (reply.kind === "ok") show(reply.value);
    else tell(refusalText(reply), "bad");
  }

  async function undo(wish: UndoCheckedLaterRequest): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    tell(consoleTexts.line.sending, "quiet");
    const reply = await consoleApi.undoCheckedLater(saleId, wish);
    isBusy = false;
    if (reply.kind !== "ok") {
      tell(refusalText(reply), "bad");
      // It may have closed meanwhile.
      return look();
    }
    email.value = "";
    show(reply.value);
    tell(texts.done, "good");
  }

  part(panel, "later-look").addEventListener("click", () => void look());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = email.value.trim();
    if (address === "") {
      tell(texts.noEmail, "bad");
      email.focus();
    } else void undo({ list, email: address });
  });

  return {
    show: (hasLine) => {
      setShown(panel, hasLine);
      if (!hasLine || isWatched) return;
      isWatched = true;
      void look();
    },
  };
}

/** A reason and its counts. Moving all of it back cannot be taken back in this list, and takes two clicks. */
function rowOf(
  { why, entries, undone, isUndone }: Reason,
  mayUndo: boolean,
  onUndo: (why: Reason["why"]) => void,
) {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = texts.reasons[why];
  // Below the words: beside them it would lie outside a phone's window.
  const action = document.createElement("div");
  action.classList.add("soft");
  if (isUndone) action.textContent = texts.isUndone;
  else if (mayUndo) action.append(undoButton(entries - undone, () => onUndo(why)));
  name.append(action);
  row.append(name, ...[entries, undone].map(numberCell));
  return row;
}

function undoButton(entries: number, onSure: () => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.classList.add("link-button");
  button.textContent = texts.undo;
  let isAsked = false;
  button.addEventListener("click", () => {
    if (isAsked) return onSure();
    isAsked = true;
    button.textContent = texts.undoSure(formatCount(entries));
  });
  return button;
}

function numberCell(value: number): HTMLElement {
  const cell = document.createElement("td");
  cell.classList.add("number");
  cell.textContent = formatCount(value);
  return cell;
}
