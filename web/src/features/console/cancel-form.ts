import { consoleTexts as texts } from "../../../texts/console.ts";
import type { CancelOrderRequest, OrderEvent, OrderRow } from "../api/contract.ts";
import { part, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { createWishSender, type ShownOrder, type WishSetting } from "./send-wish.ts";

export type CancelForm = {
  /** Offers to take back up to all units of an order; of one that is not paid for yet, all of them, and on sale again. */
  readonly offer: (order: Pick<OrderRow, "unitsLeft" | "state">) => void;
  readonly clear: () => void;
};

/** The form that wishes to take units of an order back, and waits for what comes of it. */
export function wireCancelForm(form: HTMLElement, setting: WishSetting): CancelForm {
  const units = part<HTMLInputElement>(form, "cancel-units");
  const where = part<HTMLSelectElement>(form, "cancel-where");
  const reason = part<HTMLInputElement>(form, "cancel-reason");
  const submit = part<HTMLButtonElement>(form, "cancel-submit");
  const sendWish = createWishSender(setting);
  let unitsLeft = 0;

  /** Null, with the wrong field in focus and named. */
  function read(): CancelOrderRequest | null {
    const wrong = (field: HTMLInputElement, text: string) => {
      setText(part(form, "cancel-error"), text);
      field.focus();
      return null;
    };
    const typedUnits = units.valueAsNumber;
    if (!Number.isInteger(typedUnits) || typedUnits < 1 || typedUnits > unitsLeft)
      return wrong(units, texts.order.unitsInvalid(formatCount(unitsLeft)));
    if (reason.value.trim() === "") return wrong(reason, texts.order.reasonMissing);
    setText(part(form, "cancel-error"), "");
    return { units: typedUnits, isWithheld: where.value === "withheld", reason: reason.value.trim() };
  }

  async function send(order: ShownOrder, typed: CancelOrderRequest): Promise<void> {
    const wish = { ...typed, buyerId: order.buyerId };
    const event = await sendWish(order, {
      text: JSON.stringify(wish),
      send: (orderId, key) => consoleApi.cancel(setting.saleId, orderId, wish, key),
      say: () => [texts.order.done(formatCount(wish.units), wish.isWithheld), "good"],
    });
    if (event && isDone(event)) reason.value = "";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [order, wish] = [setting.order(), submit.disabled ? null : read()];
    if (order === null || wish === null) return;
    submit.disabled = true;
    void send(order, wish).finally(() => (submit.disabled = false));
  });

  return {
    offer: ({ unitsLeft: left, state }) => {
      const isHeld = state === "held";
      unitsLeft = left;
      units.min = String(isHeld ? left : 1);
      units.max = String(left);
      if (isHeld || units.value === "" || units.valueAsNumber > left) units.value = String(left);
      units.readOnly = isHeld;
      where.disabled = isHeld;
      if (isHeld) where.value = "on_sale";
    },
    clear: () => {
      units.value = "";
      reason.value = "";
      where.value = "on_sale";
      setText(part(form, "cancel-error"), "");
    },
  };
}

/** The wish has been fulfilled: of what was paid for, units came back; of what was not, all of it ended. */
const isDone = ({ kind }: OrderEvent): boolean => kind === "returned" || kind === "cancelled";
