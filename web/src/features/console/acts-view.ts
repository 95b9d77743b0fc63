import { consoleTexts as texts } from "../../../texts/console.ts";
import type { BuyerId } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { auditItem } from "./audit-view.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";

/** What was done that is about no sale, newest first, page by page. */
export function wireActs(me: BuyerId): { show: () => void } {
  const root = part(document, "acts");
  const list = part(root, "act-entries");
  const more = part(root, "acts-more");
  let next: string | null = null;

  async function load(before: string | null): Promise<void> {
    const reply = await consoleApi.acts(before);
    setText(part(root, "acts-status"), reply.kind === "ok" ? "" : refusalText(reply));
    if (reply.kind !== "ok") return;
    const items = reply.value.entries.map((entry) => auditItem(entry, me));
    if (before === null) list.replaceChildren(...items);
    else list.append(...items);
    ({ next } = reply.value);
    setShown(more, next !== null);
    if (list.children.length === 0) setText(part(root, "acts-status"), texts.people.acts.none);
  }

  more.addEventListener("click", () => void load(next));
  return { show: () => void load(null) };
}
