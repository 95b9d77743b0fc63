import { consoleTexts as texts } from "../../../texts/console.ts";
import type { Erasure } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { saveFile } from "./save-file.ts";
import { bothTimes } from "./time-texts.ts";

const words = texts.people.data;
const WHO = /^(?:byr_[0-7][0-9A-HJKMNP-TV-Z]{25}|[^\s@]{1,64}@[^\s@]{1,190})$/;

/** A buyer's data, downloaded or deleted; and the deletions that were asked for. */
export function wireBuyerData(onActed: () => void): void {
  const root = part(document, "buyer-data");
  const form = part<HTMLFormElement>(root, "buyer-form");
  const status = part(root, "buyer-status");
  const buttons = ["buyer-export", "buyer-erase"].map((name) => part<HTMLButtonElement>(root, name));

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    status.dataset["tone"] = tone;
    setText(status, text);
  }

  /** Null, with the field in focus. */
  function readWho(): string | null {
    const field = form.elements.namedItem("who") as HTMLInputElement;
    const who = field.value.trim();
    if (WHO.test(who)) return who;
    tell(words.wrongWho, "bad");
    field.focus();
    return null;
  }

  async function load(who: string): Promise<void> {
    tell(words.collecting, "quiet");
    const reply = await consoleApi.exportBuyer(who);
    if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
    saveFile(`${reply.value.buyerId}.json`, "application/json", [JSON.stringify(reply.value, null, 2)]);
    return tell(words.saved, "good");
  }

  async function erase(who: string): Promise<void> {
    tell(texts.actions.sending, "quiet");
    const reply = await consoleApi.eraseBuyer(who);
    if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
    const { state } = reply.value;
    const said = state === "postponed" ? words.asked.postponed(whyText(reply.value)) : words.asked[state];
    tell(said, state === "postponed" ? "bad" : "good");
    return showErasures();
  }

  async function showErasures(): Promise<void> {
    const reply = await consoleApi.erasures();
    if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
    const { erasures } = reply.value;
    part(root, "erasure-rows").replaceChildren(...erasures.map(rowOf));
    setShown(part(root, "erasures-table"), erasures.length > 0);
    return setShown(part(root, "erasures-none"), erasures.length === 0);
  }

  function act(what: (who: string) => Promise<void>): void {
    const who = readWho();
    if (who === null) return;
    for (const button of buttons) button.disabled = true;
    void what(who).finally(() => {
      for (const button of buttons) button.disabled = false;
      onActed();
    });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(load);
  });
  part(root, "buyer-erase").addEventListener("click", () => {
    if (readWho() !== null && globalThis.confirm(words.sure)) act(erase);
  });
  void showErasures();
}

const whyText = ({ obstacle }: Erasure): string =>
  obstacle === null ? "" : (words.why[obstacle.kind]?.(obstacle.saleId ?? "") ?? obstacle.kind);

function rowOf(erasure: Erasure): HTMLTableRowElement {
  const { buyerId, askedAt, state, erasedAt } = erasure;
  const row = document.createElement("tr");
  const why = state === "postponed" ? `: ${whyText(erasure)}` : "";
  const when = erasedAt === null ? texts.unknown : bothTimes(erasedAt);
  for (const text of [buyerId, bothTimes(askedAt), `${words.states[state]}${why}`, when]) {
    const cell = document.createElement("td");
    cell.textContent = text;
    row.append(cell);
  }
  row.cells[0]?.classList.add("id");
  return row;
}
