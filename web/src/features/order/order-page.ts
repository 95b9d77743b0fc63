import { salePath } from "../../../texts/locale.ts";
import { paymentTexts } from "../../../texts/payment.ts";
import { placeTexts } from "../../../texts/places.ts";
import { locale, texts } from "../../../texts/texts.ts";
import type { FaceText } from "../../../texts/looks.ts";
import { api } from "../api/api.ts";
import {
  isToBePaid,
  isUnderWay,
  nameIn,
  type OrderId,
  type OrderView,
  type OwnOrder,
  pictureSizes,
} from "../api/contract.ts";
import { isMissing } from "../api/request.ts";
import { createSession } from "../identity/session.ts";
import { showSignedIn } from "../identity/signed-in-view.ts";
import { wireSignIn } from "../identity/sign-in-form.ts";
import { showChip } from "../page/chip-view.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatPrice } from "../page/format.ts";
import { startPoll } from "../page/poll.ts";
import { backoffMs } from "../page/waits.ts";
import { wirePayment } from "../payment/payment-panel.ts";
import { showPicture } from "../picture/show-picture.ts";
import { wireWithdrawal } from "../withdrawal/withdrawal-panel.ts";
import { showOrderFacts } from "./order-facts.ts";
import { shop } from "../../shop.ts";
import { noteOf } from "./order-words.ts";
import "../push/wire-push.ts";

type ReceiptState = "loading" | "sign_in" | "unreachable" | "missing" | "due" | OrderView["state"];

const orderId = (new URLSearchParams(location.search).get("id") ?? "none") as OrderId;
const root = part(document, "order");
const FOLLOW_MS = 1_500;
/** While it waits for its buyer, who may be paying in another tab. */
const UNPAID_MS = 3_000;
/** While money is on its way back: mostly a matter of seconds, and of days where a bank takes its time. */
const OWING_MS = 4_000;
const owesMoney = ({ refund }: OwnOrder): boolean => refund !== undefined && refund.dueMinor > 0;
const SETTLED_MS = 60_000;
let order: OwnOrder | null = null;
let failures = 0;

const faces: Record<ReceiptState, FaceText> = {
  sign_in: { ...texts.faces.session_expired, ...placeTexts.order.faces.sign_in },
  unreachable: { ...texts.faces.unreachable, ...placeTexts.order.faces.unreachable },
  missing: { ...texts.faces.not_found, ...placeTexts.order.faces.missing },
  loading: texts.faces.loading,
  pending: texts.faces.pending,
  accepted: texts.faces.accepted,
  confirmed: texts.faces.confirmed,
  rejected: texts.faces.rejected,
  returned: texts.faces.returned,
  refunded: texts.faces.refunded,
  held: texts.faces.held,
  due: { ...texts.faces.pending, ...paymentTexts.due },
  authorised: texts.faces.authorised,
  expired: texts.faces.expired,
  cancelled: texts.faces.cancelled,
  failed: texts.faces.failed,
};

const payment = wirePayment(root, {
  onChange: () => poll.askNow(),
  onDue: () => order && show(order.state),
});
const withdrawal = wireWithdrawal(root, () => poll.askNow());

const session = createSession((current) => {
  if (current.kind === "signed_in") poll.askNow();
  else if (current.kind === "anonymous") {
    order = null;
    show("sign_in");
  }
});

const poll = startPoll(async () => {
  if (session.current().kind !== "signed_in") return SETTLED_MS;
  if (order && order.unitsLeft === 0 && !owesMoney(order)) return SETTLED_MS;
  const reply = await api.order(orderId);
  if (reply.kind === "ok") {
    failures = 0;
    showOrder(reply.value);
    if (isToBePaid(reply.value)) return UNPAID_MS;
    if (owesMoney(reply.value)) return OWING_MS;
    const isWithdrawn = reply.value.withdrawalsReceivedAt !== undefined;
    return isWithdrawn || isUnderWay(reply.value) ? FOLLOW_MS : SETTLED_MS;
  }
  if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") session.forget();
  else if (isMissing(reply)) show("missing");
  else {
    failures += 1;
    if (!order) show("unreachable");
    return backoffMs(failures);
  }
  return SETTLED_MS;
});

function show(seen: ReceiptState): void {
  payment.show(order);
  const state = payment.isDue() && seen === "held" ? "due" : seen;
  const words = faces[state];
  const hadFocusInForm = part(root, "sign-in").contains(document.activeElement);
  root.dataset["state"] = state;
  showChip(root, words);
  setText(part(root, "heading"), words.heading);
  setText(part(root, "body"), words.body);
  const note = order ? noteOf(order) : "";
  setShown(part(root, "more"), note !== "");
  setText(part(root, "more"), note);
  setShown(part(root, "sign-in"), state === "sign_in");
  showSignedIn(root, session.current());
  setShown(part(root, "sale-line"), order !== null);
  const receipt = part<HTMLAnchorElement>(root, "receipt-link");
  if (order) receipt.href = `/api/sale/order/${order.orderId}/receipt`;
  setShown(receipt, order !== null && state !== "pending");
  showOrderFacts(root, order);
  withdrawal.show(order);
  if (hadFocusInForm && state !== "sign_in") part(root, "heading").focus();
}

function showOrder(seen: OwnOrder): void {
  const isFirst = order === null;
  order = seen;
  document.title = `${placeTexts.order.title(seen.orderId)} · ${shop.name}`;
  const link = part<HTMLAnchorElement>(root, "sale-link");
  link.href = salePath(locale, seen.saleId);
  setText(link, placeTexts.order.toSale);
  show(seen.state);
  const { sale } = seen;
  if (isFirst) {
    const pictured = { saleId: seen.saleId, picture: sale?.picture ?? null };
    showPicture(part(root, "art"), pictured, { sizes: pictureSizes.receipt, when: "first" });
  }
  if (!sale) return;
  setText(part(root, "sale-name"), nameIn(sale, locale));
  setText(part(root, "order-price"), formatPrice(sale.priceMinor * seen.unitsLeft, sale.currency));
}

wireSignIn(part(root, "sign-in"), session);
part(root, "sign-out").addEventListener("click", () => void session.signOut());
