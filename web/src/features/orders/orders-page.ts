import { placeTexts } from "../../../texts/places.ts";
import { type BuyerOrder, isUnderWay } from "../api/contract.ts";
import { createSession } from "../identity/session.ts";
import { showSignedIn } from "../identity/signed-in-view.ts";
import { wireSignIn } from "../identity/sign-in-form.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatTime } from "../page/format.ts";
import { startPoll } from "../page/poll.ts";
import { backoffMs, spreadMs } from "../page/waits.ts";
import { followOrders, type LoadedOrders, loadOrders } from "./load-orders.ts";
import { showOrderCard } from "./order-card.ts";

type OrdersState = "loading" | "sign_in" | "empty" | "unreachable" | "ready";

const root = part(document, "orders");
const list = part(root, "order-list");
const template = part<HTMLTemplateElement>(document, "order-card");
const cards = new Map<string, HTMLElement>();
const FOLLOW_MS = 1_500;
const SETTLED_MS = 60_000;

/** The last whole list; null until there is one. */
let known: { readonly orders: readonly BuyerOrder[]; readonly atMs: number } | null = null;
/** Counts sign-ins and sign-outs: what an earlier session's request brings home is nobody's business any more. */
let turn = 0;
let failures = 0;

const session = createSession((current) => {
  if (current.kind === "unknown") return;
  turn += 1;
  known = null;
  failures = 0;
  show();
  poll.askNow();
});

const poll = startPoll(async () => {
  for (;;) {
    if (session.current().kind !== "signed_in") return SETTLED_MS;
    const begunIn = turn;
    const loaded = await look();
    if (begunIn === turn) return take(loaded);
  }
});

const hasUndecided = () => known?.orders.some(isUnderWay) === true;

/** The whole list, or while some orders are not decided those alone. */
function look(): Promise<LoadedOrders> {
  const isFresh = known !== null && Date.now() - known.atMs < SETTLED_MS;
  return known !== null && isFresh && hasUndecided() ? followOrders(known.orders) : loadOrders();
}

/** Shows what came, and answers when to look again. */
function take(loaded: LoadedOrders): number {
  if (loaded.kind === "signed_out") {
    session.forget();
    return SETTLED_MS;
  }
  failures = loaded.kind === "whole" ? 0 : failures + 1;
  if (loaded.kind === "whole") known = { orders: loaded.orders, atMs: Date.now() };
  show();
  if (failures > 0) return backoffMs(failures);
  return hasUndecided() ? spreadMs(FOLLOW_MS) : SETTLED_MS;
}

function stateNow(): OrdersState {
  if (session.current().kind === "anonymous") return "sign_in";
  if (known) return known.orders.length === 0 ? "empty" : "ready";
  return failures > 0 ? "unreachable" : "loading";
}

function noticeOf(state: OrdersState): string {
  if (known && failures > 0) return placeTexts.orders.notices.stale(formatTime(known.atMs));
  return state === "ready"
    ? placeTexts.orders.count(formatCount(known?.orders.length ?? 0))
    : placeTexts.orders.notices[state];
}

function show(): void {
  const state = stateNow();
  const hadFocusInForm = part(root, "sign-in").contains(document.activeElement);
  const isNew = root.dataset["state"] !== state;
  root.dataset["state"] = state;
  setText(part(root, "notice"), noticeOf(state));
  setShown(part(root, "sign-in"), state === "sign_in");
  showSignedIn(root, session.current());
  setShown(list, state === "ready");
  showCards(known?.orders ?? []);
  if (hadFocusInForm && state !== "sign_in") part(root, "heading").focus();
  else if (isNew) announce(noticeOf(state));
}

/** Cards are kept, so that the one in focus stays in focus. */
function showCards(orders: readonly BuyerOrder[]): void {
  const shownCards = orders.map((order) => {
    const card =
      cards.get(order.orderId) ?? (template.content.cloneNode(true) as Element).querySelector("li")!;
    cards.set(order.orderId, card);
    showOrderCard(card, order);
    return card;
  });
  const isSame =
    shownCards.length === list.children.length && shownCards.every((card, i) => list.children[i] === card);
  if (!isSame) list.replaceChildren(...shownCards);
}

wireSignIn(part(root, "sign-in"), session);
part(root, "sign-out").addEventListener("click", () => void session.signOut());
show();
