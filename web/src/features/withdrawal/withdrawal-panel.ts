import { locale } from "../../../texts/texts.ts";
import { withdrawalTexts as texts } from "../../../texts/withdrawal.ts";
import { api } from "../api/api.ts";
import { nameIn, type OwnOrder } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment, formatPrice } from "../page/format.ts";
import { newKey } from "../purchase/new-key.ts";

export type WithdrawalPanel = { show: (order: OwnOrder | null) => void };

const momentOf = (at: string): string => formatMoment(Date.parse(at));

/** What an order says of its own accord: until when it can be withdrawn from, or why not. */
function termsOf({ withdrawal }: OwnOrder): string {
  if (!withdrawal) return "";
  if (withdrawal.kind === "excepted") return `${texts.excepted} ${texts.exceptions[withdrawal.exception]}`;
  return withdrawal.kind === "open"
    ? texts.until(momentOf(withdrawal.until))
    : texts.over(momentOf(withdrawal.until));
}

/**
 * Withdrawing from an order in two steps, and what becomes of its money. What came of it the order says: `onChange` has it
 * looked at. A withdrawal without a clear answer is sent again under its key, so it counts once.
 */
export function wireWithdrawal(root: HTMLElement, onChange: () => void): WithdrawalPanel {
  const panel = part(root, "withdrawal");
  const begin = part<HTMLButtonElement>(root, "withdraw-begin");
  const form = part<HTMLFormElement>(root, "withdraw-form");
  const units = part<HTMLInputElement>(root, "withdraw-units");
  const confirm = part<HTMLButtonElement>(root, "withdraw-confirm");
  let order: OwnOrder | null = null;
  let isOpen = false;
  let note = "";
  let unclear: { readonly text: string; readonly key: string } | null = null;

  function tell(text: string): void {
    note = text;
    line("withdrawal-note", text);
  }
  function line(name: string, text: string): void {
    setShown(part(root, name), text !== "");
    setText(part(root, name), text);
  }

  function setOpen(open: boolean): void {
    isOpen = open;
    render();
    if (open) part(root, "withdraw-heading").focus();
    else if (!begin.hidden) begin.focus();
  }

  function render(): void {
    const { refund, withdrawalsReceivedAt: received = [] } = order ?? {};
    const money = (minor: number) => (refund && minor > 0 ? formatPrice(minor, refund.currency) : "");
    const [due, done] = [money(refund?.dueMinor ?? 0), money(refund?.refundedMinor ?? 0)];
    line("withdrawal-note", received.map((at) => texts.received(momentOf(at))).join(" ") || note);
    line("refund-due", due && texts.due(due));
    line("refund-done", done && texts.refunded(done));
    const mayWithdraw = order?.withdrawal?.kind === "open" && received.length === 0;
    line("withdrawal-terms", order ? termsOf(order) : "");
    setShown(begin, mayWithdraw && !isOpen);
    setShown(form, mayWithdraw && isOpen);
    setShown(panel, order !== null && (order.withdrawal !== null || refund !== undefined || note !== ""));
    if (!order || !mayWithdraw) return;
    const { sale, unitsLeft } = order;
    setText(part(root, "withdraw-lead"), sale ? texts.lead(nameIn(sale, locale)) : texts.leadPlain);
    setShown(part(root, "withdraw-units-row"), unitsLeft > 1);
    setText(part(root, "withdraw-of"), texts.unitsOf(formatCount(unitsLeft)));
    units.max = String(unitsLeft);
    if (units.value === "" || units.valueAsNumber > unitsLeft) units.value = String(unitsLeft);
  }

  /** Null, with the wrong field in focus and named. */
  function wantedUnits({ unitsLeft }: OwnOrder): number | null {
    const unitCount = unitsLeft === 1 ? 1 : units.valueAsNumber;
    const isRight = Number.isInteger(unitCount) && unitCount >= 1 && unitCount <= unitsLeft;
    setText(part(root, "withdraw-error"), isRight ? "" : texts.unitsInvalid(formatCount(unitsLeft)));
    if (!isRight) units.focus();
    return isRight ? unitCount : null;
  }

  async function send(of: OwnOrder, unitCount: number): Promise<void> {
    const text = `${of.orderId} ${unitCount}`;
    const key = unclear?.text === text ? unclear.key : newKey();
    tell(texts.sending);
    const reply = await api.withdraw(of.orderId, unitCount, key);
    if (reply.kind === "ok") {
      unclear = null;
      isOpen = false;
      tell(texts.received(momentOf(reply.value.receivedAt)));
    } else {
      const isUnclear = reply.kind === "no_answer" || reply.problem.status >= 500;
      unclear = isUnclear ? { text, key } : null;
      tell(isUnclear ? texts.notSent : texts.refused);
    }
    render();
    onChange();
  }

  begin.addEventListener("click", () => setOpen(true));
  part(root, "withdraw-keep").addEventListener("click", () => setOpen(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!order || confirm.disabled) return;
    const unitCount = wantedUnits(order);
    if (unitCount === null) return;
    confirm.disabled = true;
    void send(order, unitCount).finally(() => (confirm.disabled = false));
  });

  return {
    show(seen) {
      if (seen?.orderId !== order?.orderId) note = "";
      // Carried out: the order itself says so now.
      if (order?.withdrawalsReceivedAt && !seen?.withdrawalsReceivedAt) note = "";
      order = seen;
      render();
    },
  };
}
