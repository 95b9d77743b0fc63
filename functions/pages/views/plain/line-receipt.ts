import type { Receipt } from "../../../../core/contract/line.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { html, type Html } from "../html.ts";
import type { PlainLine } from "./line-state.ts";

const FILE = "receipt.json";

/** What a buyer keeps of an entry, to look for it in the published list. No browser without script keeps it by itself. */
export function lineReceipt(
  { plain: { receipt: words } }: PlainWords,
  { view }: PlainLine,
  receipt: Receipt,
  siteUrl: string,
): Html {
  const files = `${siteUrl}/api/sale/${view.saleId}/fairness`;
  const rehearsal = view.chain?.isRehearsal ? " --rehearsal" : "";
  const text = JSON.stringify(receipt, null, 2);
  // The page asks again by itself, which closes what was opened: one click saves it.
  return html`<details class="line-receipt">
    <summary>${words.name}</summary>
    <p>${words.what}</p>
    <pre tabindex="0">${text}</pre>
    <p>
      <a download="${FILE}" href="data:application/json,${encodeURIComponent(text)}">${words.save(FILE)}</a>
    </p>
    <p>${words.how}</p>
    <pre tabindex="0">node verify-fairness.mjs ${files} --receipt ${FILE}${rehearsal}</pre>
    <p><a href="/verify-fairness.mjs" download>${words.script}</a></p>
    <p>${words.withScript}</p>
  </details>`;
}
