import { consoleTexts as texts } from "../../../texts/console.ts";
import type { OrderHistory, RefundOrderRequest } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatPrice } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { priceMinorOf } from "./sale-form.ts";
import { createWishSender, type WishSetting } from "./send-wish.ts";

type Money = NonNullable<OrderHistory["money"]>;
export type RefundForm = {
  /** Shows an order's money, and offers what can be done about it; null: the provider took none. */
  readonly offer: (money: OrderHistory["money"], mayChange: boolean) => void;
  readonly clear: () => void;
};

/** What is chosen: an amount, or what is to become of a refund that failed. */
const AMOUNT = "amount";

const choiceOf = (how: "again" | "otherwise", refundId: string): string => [how, refundId].join(" ");

const refundLine = ({ currency }: Money, { amountMinor, state, why }: Money["refunds"][number]): string =>
  [
    `${formatPrice(amountMinor, currency)}: ${texts.order.money.states[state]}`,
    why && (texts.order.why[why] ?? why),
    state === "failed" && texts.order.money.whatToDo,
    state === "outside" && texts.order.money.unitsStay,
  ]
    .filter(Boolean)
    .join(". ");

/** The form that wishes to give an order's money back while its units stay, or says what becomes of a refund that failed. */
export function wireRefundForm(root: HTMLElement, setting: WishSetting): RefundForm {
  const form = part(root, "refund-form");
  const what = part<HTMLSelectElement>(form, "refund-what");
  const amount = part<HTMLInputElement>(form, "refund-amount");
  const reason = part<HTMLInputElement>(form, "refund-reason");
  const submit = part<HTMLButtonElement>(form, "refund-submit");
  const sendWish = createWishSender(setting);
  let money: OrderHistory["money"] = null;

  function showLines(): void {
    setShown(part(root, "order-money"), money !== null);
    part(root, "order-refunds").replaceChildren(
      ...(money?.refunds ?? []).map((refund) => {
        const item = document.createElement("li");
        item.textContent = money && refundLine(money, refund);
        if (refund.state === "failed") item.className = "bad";
        return item;
      }),
    );
    if (!money) return;
    const { capturedMinor, refundedMinor, currency } = money;
    const price = (minor: number) => formatPrice(minor, currency);
    setText(
      part(root, "order-money"),
      texts.order.money.line(
        price(capturedMinor),
        price(refundedMinor),
        price(capturedMinor - refundedMinor),
      ),
    );
  }

  function showChoices({ refunds, currency }: Money): void {
    const chosen = what.value;
    const failed = refunds.filter(({ state }) => state === "failed");
    what.replaceChildren(
      new Option(texts.order.money.amountChoice, AMOUNT),
      ...failed.flatMap(({ refundId, amountMinor }) => {
        const price = formatPrice(amountMinor, currency);
        return [
          new Option(texts.order.money.again(price), choiceOf("again", refundId)),
          new Option(texts.order.money.otherwise(price), choiceOf("otherwise", refundId)),
        ];
      }),
    );
    if ([...what.options].some(({ value }) => value === chosen)) what.value = chosen;
    setShown(part(form, "refund-amount-row"), what.value === AMOUNT);
  }

  /** Null, with the wrong field in focus and named. */
  function read({ currency, grantableMinor }: Money): RefundOrderRequest | null {
    const wrong = (field: HTMLInputElement, text: string) => {
      setText(part(form, "refund-error"), text);
      field.focus();
      return null;
    };
    setText(part(form, "refund-error"), "");
    const why = reason.value.trim();
    const [kind, refundId = ""] = what.value.split(" ");
    const amountMinor = priceMinorOf(amount.value, currency);
    const isRight = amountMinor !== null && amountMinor > 0 && amountMinor <= grantableMinor;
    if (kind === AMOUNT && !isRight)
      return wrong(amount, texts.order.money.amountInvalid(formatPrice(grantableMinor, currency)));
    if (why === "") return wrong(reason, texts.order.reasonMissing);
    if (kind === "again" || kind === "otherwise") return { kind, refundId, reason: why };
    return { kind: AMOUNT, amountMinor: amountMinor ?? 0, reason: why };
  }

  what.addEventListener("change", () => setShown(part(form, "refund-amount-row"), what.value === AMOUNT));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const order = setting.order();
    const wish = submit.disabled || !money ? null : read(money);
    if (order === null || wish === null) return;
    submit.disabled = true;
    const sending = sendWish(order, {
      text: JSON.stringify(wish),
      send: (orderId, key) => consoleApi.refund(setting.saleId, orderId, wish, key),
      say: () => [texts.order.money.done, "good"],
    });
    void sending
      .then((decided) => {
        if (decided && decided.kind !== "wish_refused") reason.value = "";
      })
      .finally(() => (submit.disabled = false));
  });

  return {
    offer(seen, mayChange) {
      money = seen;
      showLines();
      const failed = seen?.refunds.some(({ state }) => state === "failed") ?? false;
      setShown(form, mayChange && seen !== null && (seen.grantableMinor > 0 || failed));
      if (seen) showChoices(seen);
    },
    clear() {
      money = null;
      amount.value = "";
      reason.value = "";
      what.replaceChildren();
      setText(part(form, "refund-error"), "");
      showLines();
      setShown(form, false);
    },
  };
}
