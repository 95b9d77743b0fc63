import { consoleTexts as texts } from "../../../texts/console.ts";
import type { CancelOrderRequest, OrderEvent, OrderHistory, OrderRow } from "../api/contract.ts";
import { part, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { newKey } from "../purchase/new-key.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";

const LOOK_AGAIN_MS = 300;
const LONGEST_WAIT_MS = 30_000;

type Order = Pick<OrderRow, "orderId" | "buyerId">;
type Setting = {
  readonly saleId: string;
  /** Null once nobody looks at an order any more. */
  readonly order: () => Order | null;
  readonly look: (order: Order) => Promise<OrderHistory | null>;
  readonly tell: (text: string, tone: "good" | "bad" | "quiet") => void;
};

export type CancelForm = {
  /** Offers to take back up to all units of an order; of one that is not paid for yet, all of them, and on sale again. */
  readonly offer: (order: Pick<OrderRow, "unitsLeft" | "state">) => void;
  readonly clear: () => void;
};

/** The form that wishes to take units of an order back, and waits for what comes of it. */
export function wireCancelForm(
  form: HTMLElement,
  { saleId, order: current, look, tell }: Setting,
): CancelForm {
  const units = part<HTMLInputElement>(form, "cancel-units");
  const where = part<HTMLSelectElement>(form, "cancel-where");
  const reason = part<HTMLInputElement>(form, "cancel-reason");
  const submit = part<HTMLButtonElement>(form, "cancel-submit");
  let unitsLeft = 0;
  /** A wish without a clear answer: sent again as it was, it is the same wish. */
  let unclear: { readonly text: string; readonly key: string } | null = null;

  /** Null, with the wrong field in focus and named. */
  function read(): CancelOrderRequest | null {
    const wrong = (field: HTMLInputElement, text: string) => {
      setText(part(form, "cancel-error"), text);
      field.focus();
      return null;
    };
    const wanted = units.valueAsNumber;
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > unitsLeft)
      return wrong(units, texts.order.unitsInvalid(formatCount(unitsLeft)));
    if (reason.value.trim() === "") return wrong(reason, texts.order.reasonMissing);
    setText(part(form, "cancel-error"), "");
    return { units: wanted, isWithheld: where.value === "withheld", reason: reason.value.trim() };
  }

  async function send(order: Order, typed: CancelOrderRequest): Promise<void> {
    const { orderId: id, buyerId } = order;
    const wish = { ...typed, buyerId };
    const isShown = () => current()?.orderId === id;
    const text = JSON.stringify([id, wish]);
    const key = unclear?.text === text ? unclear.key : newKey();
    tell(texts.actions.sending, "quiet");
    const reply = await consoleApi.cancel(saleId, id, wish, key);
    const isUnclear = reply.kind === "no_answer" || (reply.kind === "refused" && reply.problem.status >= 500);
    unclear = isUnclear ? { text, key } : null;
    if (!isShown()) return;
    if (reply.kind !== "ok")
      return tell([refusalText(reply), isUnclear && texts.order.sameWish].filter(Boolean).join(" "), "bad");
    tell(texts.order.waiting, "quiet");
    const event = await outcomeOf(order, reply.value.wishId);
    if (!isShown()) return;
    if (event === null) return tell(texts.order.undecided, "bad");
    if (isDone(event)) reason.value = "";
    tell(...outcomeText(event, wish));
  }

  /** Null: it was not decided within the limit. */
  async function outcomeOf(order: Order, wishId: string): Promise<OrderEvent | null> {
    const startMs = performance.now();
    while (current()?.orderId === order.orderId && performance.now() - startMs < LONGEST_WAIT_MS) {
      const history = await look(order);
      const event = history?.events.find(({ wish }) => wish?.wishId === wishId);
      if (event) return event;
      await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
    }
    return null;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [order, wish] = [current(), submit.disabled ? null : read()];
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

function outcomeText(event: OrderEvent, { units, isWithheld }: CancelOrderRequest): [string, "good" | "bad"] {
  if (!isDone(event))
    return [texts.order.refused(texts.order.why[event.why ?? ""] ?? event.why ?? ""), "bad"];
  return [texts.order.done(formatCount(units), isWithheld), "good"];
}
