import { consoleTexts as texts } from "../../../texts/console.ts";
import { localePath, salePath } from "../../../texts/locale.ts";
import { locale } from "../../../texts/texts.ts";
import type { SaleNumbers, Visibility } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatMoment } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { wireCopy } from "./copy-link.ts";
import { refusalText } from "./refusal-text.ts";
import { choicesOf } from "./visibility-choices.ts";

const targets = ["listed", "unlisted", "draft", "retired"] as const;
const PREVIEW_HOURS = 24;

export type ShopPage = { readonly show: (sale: SaleNumbers) => void };

/** Who sees a sale, the address of its page, and of a draft the link to its preview. */
export function wireShopPage(saleId: string, mayChange: boolean, onChanged: () => void): ShopPage {
  const root = part(document, "shop-page");
  const notice = part(root, "visibility-notice");
  const [address, preview] = [part(root, "address"), part(root, "preview-link")];
  const [addressLink, previewLink] = [wireCopy(address), wireCopy(preview)];
  let isBusy = false;
  /** Of what is shown: a look that began before a change may come in after it. */
  let shownRevision = 0;

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    notice.dataset["tone"] = tone;
    setText(notice, text);
    setShown(notice, text !== "");
  }

  async function become(visibility: Visibility): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    tell(texts.actions.sending, "quiet");
    const reply = await consoleApi.show(saleId, visibility);
    isBusy = false;
    if (reply.kind === "ok") {
      tell(texts.shopPage.done[visibility], "good");
      show(reply.value);
    } else tell(refusalText(reply), "bad");
    onChanged();
  }

  async function makePreview(): Promise<void> {
    const reply = await consoleApi.previewLink(saleId, PREVIEW_HOURS);
    if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
    const { path, endsAt } = reply.value;
    const until = formatMoment(Date.parse(endsAt));
    setText(part(preview, "link-label"), texts.shopPage.previewAddress(until));
    previewLink.show(location.origin + localePath(locale, path));
    setShown(preview, true);
    part<HTMLInputElement>(preview, "link").focus();
  }

  for (const target of targets)
    part(root, `to-${target}`).addEventListener("click", () => void become(target));
  part(root, "make-preview").addEventListener("click", () => void makePreview());

  function show(sale: SaleNumbers): void {
    const { visibility, epoch, revision } = sale;
    if (revision < shownRevision) return;
    shownRevision = revision;
    const focused = document.activeElement;
    setText(part(root, "visibility-now"), texts.shopPage.now[visibility]);
    const choices = mayChange ? choicesOf(sale) : [];
    for (const target of targets) {
      const button = part(root, `to-${target}`);
      setShown(button, choices.includes(target));
      if (!choices.includes(target)) continue;
      setText(button, texts.shopPage.to[visibility][target]);
      // Only publishing is what a merchant is here for.
      button.classList.toggle("quiet", visibility !== "draft" || target !== "listed");
    }
    const hasPage = epoch > 0;
    setShown(address, hasPage);
    setShown(part(root, "preview"), !hasPage);
    if (hasPage) setShown(preview, false);
    addressLink.show(location.origin + salePath(locale, saleId));
    // A button that goes while it has the focus hands it on to what became of it.
    if (focused instanceof HTMLElement && root.contains(focused) && focused.getClientRects().length === 0)
      notice.focus();
  }

  return { show };
}
