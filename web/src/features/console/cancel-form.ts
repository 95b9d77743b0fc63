import { consoleTexts as texts } from "../../../texts/console.ts";
import type { CancelOrderRequest, OrderEvent, OrderHistory, OrderId } from "../api/contract.ts";
import { part, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { newKey } from "../purchase/new-key.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";

const LOOK_AGAIN_MS = 300;
const LONGEST_WAIT_MS = 30_000;

type Setting = {
  readonly saleId: string;
  /** Null once nobody looks at an order any more. */
  readonly orderId: () => OrderId | null;
  readonly look: (orderId: OrderId) => Promise<OrderHistory | null>;
  readonly tell: (text: string, tone: "good" | "bad" | "quiet") => void;
};

export type CancelForm = {
  /** Offers to take back up to so many units. */
  readonly offer: (unitsLeft: number) => void;
  readonly clear: () => void;
};

/** The form that wishes to take units of an order back, and waits for what comes of it. */
export function wireCancelForm(form: HTMLElement, { saleId, orderId, look, tell }: Setting): CancelForm {
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

  async function send(id: OrderId, wish: CancelOrderRequest): Promise<void> {
    const text = JSON.stringify([id, wish]);
    const key = unclear?.text === text ? unclear.key : newKey();
    tell(texts.actions.sending, "quiet");
    const reply = await consoleApi.cancel(saleId, id, wish, key);
    const isUnclear = reply.kind === "no_answer" || (reply.kind === "refused" && reply.problem.status >= 500);
    unclear = isUnclear ? { text, key } : null;
    if (orderId() !== id) return;
    if (reply.kind !== "ok")
      return tell([refusalText(reply), isUnclear && texts.order.sameWish].filter(Boolean).join(" "), "bad");
    tell(texts.order.waiting, "quiet");
    const event = await outcomeOf(id, reply.value.wishId);
    if (orderId() !== id) return;
    if (event === null) return tell(texts.order.undecided, "bad");
    if (event.kind === "returned") reason.value = "";
    tell(...outcomeText(event, wish));
  }

  /** Null: it was not decided within the limit. */
  async function outcomeOf(id: OrderId, wishId: string): Promise<OrderEvent | null> {
    const startMs = performance.now();
    while (orderId() === id && performance.now() - startMs < LONGEST_WAIT_MS) {
      const history = await look(id);
      const event = history?.events.find(({ wish }) => wish?.wishId === wishId);
      if (event) return event;
      await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
    }
    return null;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [id, wish] = [orderId(), submit.disabled ? null : read()];
    if (id === null || wish === null) return;
    submit.disabled = true;
    void send(id, wish).finally(() => (submit.disabled = false));
  });

  return {
    offer: (left) => {
      unitsLeft = left;
      units.max = String(left);
      if (units.value === "" || units.valueAsNumber > left) units.value = String(left);
    },
    clear: () => {
      units.value = "";
      reason.value = "";
      where.value = "on_sale";
      setText(part(form, "cancel-error"), "");
    },
  };
}

function outcomeText(event: OrderEvent, { units, isWithheld }: CancelOrderRequest): [string, "good" | "bad"] {
  if (event.kind !== "returned")
    return [texts.order.refused(texts.order.why[event.why ?? ""] ?? event.why ?? ""), "bad"];
  return [texts.order.done(formatCount(units), isWithheld), "good"];
}
