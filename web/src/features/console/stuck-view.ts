import { consoleTexts as texts } from "../../../texts/console.ts";
import type { DeadLetterList } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { bothTimes } from "./time-texts.ts";

const words = texts.people.stuck;
type Letter = DeadLetterList["letters"][number];

/** Messages about orders that kept failing; they are looked at, and sent again. */
export function wireStuck(onRedriven: () => void): void {
  const root = part(document, "stuck");
  const status = part(root, "stuck-status");
  const redrive = part<HTMLButtonElement>(root, "stuck-redrive");
  let letters: readonly Letter[] = [];

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    status.dataset["tone"] = tone;
    setText(status, text);
  }

  function show(found: readonly Letter[]): void {
    letters = found;
    part(root, "stuck-rows").replaceChildren(...found.map(rowOf));
    setShown(part(root, "stuck-table"), found.length > 0);
    setShown(redrive, found.length > 0);
  }

  part(root, "stuck-look").addEventListener("click", () => {
    void consoleApi.deadLetters().then((reply) => {
      if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
      show(reply.value.letters);
      const count = reply.value.letters.length;
      return count === 0 ? tell(words.none, "good") : tell(words.some(formatCount(count)), "bad");
    });
  });

  redrive.addEventListener("click", () => {
    redrive.disabled = true;
    void consoleApi
      .redrive(letters.map(({ messageId }) => messageId))
      .then((reply) => {
        if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
        show([]);
        tell(words.moved(formatCount(reply.value.moved.length)), "good");
        return onRedriven();
      })
      .finally(() => (redrive.disabled = false));
  });
}

function rowOf({ orderId, receives, sentAt }: Letter): HTMLTableRowElement {
  const row = document.createElement("tr");
  for (const text of [orderId ?? words.unreadable, formatCount(receives), bothTimes(sentAt)]) {
    const cell = document.createElement("td");
    cell.textContent = text;
    row.append(cell);
  }
  return row;
}
