import { paymentTexts as texts } from "../../../texts/payment.ts";
import { locale } from "../../../texts/texts.ts";
import { api } from "../api/api.ts";
import { isToBePaid, type OwnOrder, type ProblemKind } from "../api/contract.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";
import { startPaymentClock } from "./payment-clock.ts";

/** Only two refusals say something; after any other nothing is known. */
function whyNotOpened(kind: ProblemKind | null): string {
  if (kind === "payment_overdue") return texts.tooLate;
  return kind === "too_many_payments" ? texts.tooOften : texts.notOpened;
}

export type PaymentPanel = {
  show: (order: OwnOrder | null) => void;
  /** The time of the order shown is over, and nothing else is known yet. */
  isDue: () => boolean;
};

/**
 * What the buyer of a hold can do: pay, at the provider's own page, or give it up. Whatever came of it the order says:
 * `onChange` has it looked at. `onDue`: its time is over, and what is said of it is another thing from now on.
 */
export function wirePayment(
  root: HTMLElement,
  { onChange, onDue }: { readonly onChange: () => void; readonly onDue: () => void },
): PaymentPanel {
  let order: OwnOrder | null = null;
  let isDue = false;
  const panel = part(root, "payment");
  const pay = part<HTMLButtonElement>(root, "pay");
  const giveUp = part<HTMLButtonElement>(root, "give-up");
  const clock = startPaymentClock(root, () => {
    isDue = true;
    showButtons();
    announce(texts.due.heading);
    onDue();
    onChange();
  });

  function tell(note: string): void {
    setShown(part(root, "pay-note"), note !== "");
    setText(part(root, "pay-note"), note);
  }

  function showButtons(): void {
    setShown(pay, !isDue);
    setShown(part(root, "give-up-more"), !isDue);
  }

  function setBusy(isBusy: boolean): void {
    for (const button of [pay, giveUp]) button.setAttribute("aria-disabled", String(isBusy));
  }
  const isBusy = () => pay.getAttribute("aria-disabled") === "true";

  async function openPayment(): Promise<void> {
    if (!order || isBusy()) return;
    setBusy(true);
    tell(texts.opening);
    const reply = await api.openPayment(order.orderId, locale);
    if (reply.kind === "ok" && reply.value.url !== null) return location.assign(reply.value.url);
    setBusy(false);
    tell(reply.kind === "ok" ? "" : whyNotOpened(reply.kind === "refused" ? reply.problem.kind : null));
    onChange();
  }

  async function cancel(): Promise<void> {
    if (!order || isBusy()) return;
    setBusy(true);
    tell(texts.cancelling);
    const reply = await api.cancelHold(order.orderId);
    setBusy(false);
    tell(reply.kind === "ok" ? "" : texts.notCancelled);
    onChange();
  }

  pay.addEventListener("click", () => void openPayment());
  giveUp.addEventListener("click", () => void cancel());
  // Back from the provider's page by the browser's own button: this page is as it was left.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    setBusy(false);
    tell("");
    onChange();
  });

  return {
    show(seen) {
      const isHeld = seen !== null && isToBePaid(seen);
      if (seen?.orderId !== order?.orderId) isDue = false;
      order = seen;
      setShown(panel, isHeld);
      if (!isHeld || seen.expiresAt === undefined) return clock.stop();
      showButtons();
      clock.show(seen.saleId, Date.parse(seen.expiresAt));
    },
    isDue: () => isDue && order !== null && isToBePaid(order),
  };
}
