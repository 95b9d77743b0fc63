import { consoleTexts as texts } from "../../../texts/console.ts";
import type { CancelOrderAnswer, OrderEvent, OrderHistory, OrderId, OrderRow } from "../api/contract.ts";
import type { Reply } from "../api/request.ts";
import { newKey } from "../purchase/new-key.ts";
import { refusalText } from "./refusal-text.ts";

const LOOK_AGAIN_MS = 300;
const LONGEST_WAIT_MS = 30_000;

export type Tone = "good" | "bad" | "quiet";

/** Whose order it is says where to look for one that is held. */
export type ShownOrder = Pick<OrderRow, "orderId" | "buyerId">;

export type WishSetting = {
  readonly saleId: string;
  /** Null once nobody looks at an order any more. */
  readonly order: () => ShownOrder | null;
  readonly look: (order: ShownOrder) => Promise<OrderHistory | null>;
  readonly tell: (text: string, tone: Tone) => void;
};

type Wish = {
  /** What is wished for: without a clear answer, the same text is sent again as the same wish. */
  readonly text: string;
  readonly send: (orderId: OrderId, key: string) => Promise<Reply<CancelOrderAnswer>>;
  /** What is said of the event that the wish led to. */
  readonly say: (event: OrderEvent) => [text: string, tone: Tone];
};

/** Sends wishes about an order, and waits for what comes of each: the event that it led to; null: nobody knows yet. */
export function createWishSender({ order: shown, look, tell }: WishSetting) {
  /** A wish without a clear answer: sent again as it was, it is the same wish. */
  let unclear: { readonly text: string; readonly key: string } | null = null;

  /** Null: it was not decided within the limit. */
  async function outcomeOf(order: ShownOrder, wishId: string): Promise<OrderEvent | null> {
    const startMs = performance.now();
    while (shown()?.orderId === order.orderId && performance.now() - startMs < LONGEST_WAIT_MS) {
      const history = await look(order);
      const event = history?.events.find(({ wish }) => wish?.wishId === wishId);
      if (event) return event;
      await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
    }
    return null;
  }

  return async function sendWish(order: ShownOrder, wish: Wish): Promise<OrderEvent | null> {
    const { orderId: id } = order;
    const text = `${id} ${wish.text}`;
    const key = unclear?.text === text ? unclear.key : newKey();
    tell(texts.actions.sending, "quiet");
    const reply = await wish.send(id, key);
    const isUnclear = reply.kind === "no_answer" || (reply.kind === "refused" && reply.problem.status >= 500);
    unclear = isUnclear ? { text, key } : null;
    if (shown()?.orderId !== id) return null;
    if (reply.kind !== "ok") {
      tell([refusalText(reply), isUnclear && texts.order.sameWish].filter(Boolean).join(" "), "bad");
      return null;
    }
    tell(texts.order.waiting, "quiet");
    const event = await outcomeOf(order, reply.value.wishId);
    if (shown()?.orderId !== id) return null;
    if (event === null) tell(texts.order.undecided, "bad");
    else if (event.kind === "wish_refused")
      tell(texts.order.refused(texts.order.why[event.why ?? ""] ?? event.why ?? ""), "bad");
    else tell(...wish.say(event));
    return event;
  };
}
