import { reminderTexts as texts } from "../../../texts/reminder.ts";
import { locale } from "../../../texts/texts.ts";
import type { BuyerId, ReminderAnswer, SaleId } from "../api/contract.ts";
import { request } from "../api/request.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatMoment } from "../page/format.ts";

export type ReminderView = {
  /** @param buyerId null: nobody is signed in, or the sale is not to come. */
  show: (buyerId: BuyerId | null) => void;
};

/** Lets whoever is signed in ask for one mail before the sale opens; loaded only for a sale that is to come. */
export function wireReminder(root: HTMLElement, saleId: SaleId): ReminderView {
  const [box, button, note] = [part(root, "reminder"), part(root, "remind"), part(root, "reminder-note")];
  const address = `/api/sale/${encodeURIComponent(saleId)}/reminder`;
  let followed: BuyerId | null = null;
  let known: ReminderAnswer | null = null;

  function render(): void {
    setShown(box, known !== null && (known.isAsked || known.at !== null));
    if (!known) return;
    const at = known.at === null ? null : formatMoment(Date.parse(known.at));
    setText(button, known.isAsked ? texts.stop : texts.ask);
    setText(note, known.isAsked ? texts.asked(at) : at === null ? "" : texts.what(at));
  }

  async function look(): Promise<void> {
    const wanted = followed;
    const reply = wanted && (await request<ReminderAnswer>(address));
    if (wanted !== followed || !reply) return;
    if (reply.kind === "ok") known = reply.value;
    render();
  }

  async function change(): Promise<void> {
    if (!known) return;
    const wanted = followed;
    const { isAsked, at } = known;
    const reply = isAsked
      ? await request<undefined>(address, { method: "DELETE" })
      : await request<ReminderAnswer>(address, { method: "POST", body: { language: locale } });
    if (wanted !== followed) return;
    if (reply.kind === "no_answer") return setText(note, texts.unknown);
    if (reply.kind === "refused") return look();
    known = reply.value ?? { isAsked: false, at };
    render();
  }

  button.addEventListener("click", () => void change());

  return {
    show: (buyerId) => {
      if (buyerId === followed) return;
      followed = buyerId;
      known = null;
      render();
      void look();
    },
  };
}
