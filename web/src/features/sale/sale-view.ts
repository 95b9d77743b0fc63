// By itself, or every page would load it.
import { isReminderOffered } from "../../../../core/contract/remind-before.ts";
import { localePath, plainPath } from "../../../texts/locale.ts";
import { locale, texts } from "../../../texts/texts.ts";
import { inLanguage, isToBePaid, type OrderView, pictureSizes, type SaleStatus } from "../api/contract.ts";
import { showSignedIn } from "../identity/signed-in-view.ts";
import { showOrderFacts } from "../order/order-facts.ts";
import { showChip } from "../page/chip-view.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment, formatPrice } from "../page/format.ts";
import type { LineFace } from "../line/tell.ts";
import { showPicture } from "../picture/show-picture.ts";
import { shop } from "../../shop.ts";
import type { PurchaseState } from "../purchase/purchase-state.ts";
import type { FaceKind } from "./face-kind.ts";
import { type Knowledge, controlsOf } from "./sale-face.ts";
import { bodyOf, headingOf } from "./sale-words.ts";
import { showStock } from "./stock-view.ts";

/** Writes what is known about the sale itself. */
export function showSale(root: HTMLElement, sale: SaleStatus): void {
  showPicture(part(root, "art"), sale, { sizes: pictureSizes.sale, when: "first" });
  const price = formatPrice(sale.priceMinor, sale.currency);
  const { name, description } = inLanguage(sale, locale);
  setText(part(root, "name"), name);
  setText(part(root, "price"), price);
  setText(part(root, "description"), description);
  setText(part(root, "opens"), formatMoment(Date.parse(sale.startsAt)));
  setShown(part(root, "ends-row"), sale.endsAt !== null);
  if (sale.endsAt) setText(part(root, "ends"), formatMoment(Date.parse(sale.endsAt)));
  setText(part(root, "limit"), texts.sale.perBuyer(formatCount(sale.purchaseLimit)));
  const terms = part(root, "withdrawal");
  setText(terms, termsOf(terms.dataset, sale.withdrawal));
  setShown(part(root, "about"), true);
}

/** One of the sentences that lie in the page. */
const termsOf = (sentences: DOMStringMap, terms: SaleStatus["withdrawal"]): string =>
  terms.kind === "days"
    ? (sentences["days"] ?? "").replace("{days}", formatCount(terms.days))
    : (sentences[terms.exception] ?? "");

/** Writes the face: chip, heading, sentence, and the controls that go with it. */
export function showFace(
  root: HTMLElement,
  face: FaceKind,
  known: Knowledge,
  isLookedUp: boolean,
  lineFace: LineFace | null,
): void {
  const words = lineFace?.words ?? texts.faces[face];
  const controls = controlsOf(face, known, isLookedUp);
  const order = known.purchase && orderOf(known.purchase);
  root.dataset["state"] = lineFace?.state ?? face;
  showChip(root, words);
  setText(part(root, "heading"), lineFace ? words.heading : headingOf(face, known));
  setText(part(root, "body"), lineFace ? words.body : bodyOf(face, known));
  showOrderFacts(root, order, typeof known.sale === "object" ? known.sale : null);
  const link = part<HTMLAnchorElement>(root, "order-link");
  setShown(link, order !== null);
  if (order) link.href = localePath(locale, `/order/?id=${order.orderId}`);
  const isToPay = order !== null && isToBePaid(order);
  link.classList.toggle("quiet", !isToPay);
  setText(link, isToPay ? texts.sale.toPay : texts.sale.toOrder);
  setShown(part(root, "list-link"), face === "not_found");
  setShown(part(root, "stop"), controls.stop);
  setShown(part(root, "sign-in"), controls.signIn);
  showSignedIn(root, known.session);
  // A turn has a clock of its own; the one to the opening may be a look behind.
  setShown(part(root, "timer"), controls.timer && lineFace?.isUrgent !== true);
  showToCome(root, face, known, lineFace);
  if (typeof known.sale === "object")
    document.title = `${titleOf(face, lineFace, inLanguage(known.sale, locale).name)} · ${shop.name}`;
}

/** What a tab in the background says: that the moment has come. */
function titleOf(face: FaceKind, lineFace: LineFace | null, name: string): string {
  if (lineFace) return lineFace.isUrgent ? `${lineFace.words.chip}: ${name}` : name;
  if (face === "opening") return `${texts.faces.opening.heading}: ${name}`;
  return face === "open" ? `${texts.faces.open.chip}: ${name}` : name;
}

/**
 * The calendar's file, and a mail before the opening while there is time for one: whoever is not signed in is asked to, by the
 * form's own page. Whoever stands in the line is told of their turn there.
 */
function showToCome(
  root: HTMLElement,
  face: FaceKind,
  { sale, serverMs }: Knowledge,
  lineFace: LineFace | null,
): void {
  setShown(part(root, "to-come"), face === "scheduled");
  if (typeof sale !== "object") return;
  const isTimely = serverMs === null || isReminderOffered(sale, serverMs);
  setShown(part(root, "reminders"), isTimely && (!lineFace || lineFace.state === "line_join"));
  part<HTMLAnchorElement>(root, "calendar").href = plainPath(locale, `/calendar/${sale.saleId}`);
  part<HTMLInputElement>(root, "reminder-sale").value = sale.saleId;
}

export function showLiveStock(root: HTMLElement, face: FaceKind, known: Knowledge, isStale: boolean): void {
  const isShown = controlsOf(face, known, true).stock && typeof known.sale === "object";
  showStock(part(root, "stock"), isShown ? (known.sale as SaleStatus) : null, isStale);
}

function orderOf(purchase: PurchaseState): OrderView | null {
  if (purchase.kind === "following") return purchase.order;
  return purchase.kind === "settled" && purchase.outcome !== "refused" ? purchase.order : null;
}
