import { consoleTexts as texts } from "../../../texts/console.ts";
import type { BuyerId, OrderHistory, OrderRow } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { wireCancelForm } from "./cancel-form.ts";
import { consoleApi } from "./console-api.ts";
import { eventLines } from "./order-events.ts";
import { stateText, unitsText } from "./order-texts.ts";
import { wireRefundForm } from "./refund-form.ts";
import { refusalText } from "./refusal-text.ts";

type Order = Pick<OrderRow, "orderId" | "buyerId">;
type Setting = {
  readonly saleId: string;
  readonly me: BuyerId;
  readonly mayChange: boolean;
  readonly isAdmin: boolean;
  readonly onClosed: () => void;
};

/** Shows all that became of an order; whoever may change the sale can take units of it back. */
export function wireOrderDialog({
  saleId,
  me,
  mayChange,
  isAdmin,
  onClosed,
}: Setting): (order: Order) => void {
  const dialog = part<HTMLDialogElement>(document, "order-dialog");
  const status = part(dialog, "order-status");
  let shown: Order | null = null;

  function show({ order, events, undecided, money }: OrderHistory): void {
    setText(part(dialog, "order-now"), texts.order.now(unitsText(order), stateText(order), order.buyerId));
    part(dialog, "order-events").replaceChildren(...eventLines({ events, undecided, money }, me));
    setShown(part(dialog, "cancel-form"), mayChange && order.unitsLeft > 0);
    form.offer(order);
    refunds.offer(money, mayChange);
  }

  /** Null where it was refused, or the dialog is about another order by now. */
  async function look(order: Order): Promise<OrderHistory | null> {
    const reply = await consoleApi.order(saleId, order);
    if (shown?.orderId !== order.orderId) return null;
    if (reply.kind === "ok") show(reply.value);
    else tell(refusalText(reply), "bad");
    return reply.kind === "ok" ? reply.value : null;
  }

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    status.dataset["tone"] = tone;
    setText(status, text);
  }

  // Only an admin takes units off sale.
  part<HTMLOptionElement>(dialog, "cancel-withheld").disabled = !isAdmin;
  const setting = { saleId, order: () => shown, look, tell };
  const form = wireCancelForm(part(dialog, "cancel-form"), setting);
  const refunds = wireRefundForm(dialog, setting);
  part(dialog, "order-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    shown = null;
    onClosed();
  });

  return (order) => {
    shown = order;
    setText(part(dialog, "order-heading"), texts.order.heading(order.orderId));
    setText(part(dialog, "order-now"), "");
    part(dialog, "order-events").replaceChildren();
    setShown(part(dialog, "cancel-form"), false);
    tell("", "quiet");
    form.clear();
    refunds.clear();
    dialog.showModal();
    part(dialog, "order-heading").focus();
    void look(order);
  };
}
