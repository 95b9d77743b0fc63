import { texts } from "../../../texts/texts.ts";
import { hasLine, isAboutLine } from "../api/contract.ts";
import { createServerClock } from "../clock/server-clock.ts";
import type { SaleGuests } from "../guests/sale-guests.ts";
import { createSession } from "../identity/session.ts";
import { wireSignIn } from "../identity/sign-in-form.ts";
import type { SaleLine } from "../line/sale-line.ts";
import type { LineFace } from "../line/tell.ts";
import { announce, part } from "../page/dom.ts";
import { browserKeep } from "../page/browser-keep.ts";
import { createIntentStore } from "../purchase/intent-store.ts";
import { type Purchase, createPurchase } from "../purchase/purchase.ts";
import { wireOffer } from "./offer-view.ts";
import { saleIdAt } from "./sale-address.ts";
import type { FaceKind } from "./face-kind.ts";
import { type Knowledge, faceOf, isOfSale, isResult } from "./sale-face.ts";
import { startTicker } from "./sale-ticker.ts";
import { showFace, showLiveStock, showSale } from "./sale-view.ts";
import { watchSale } from "./sale-watch.ts";
import "../push/wire-push.ts";

const saleId = saleIdAt(location);
const root = part(document, "sale");
const store = createIntentStore(browserKeep("localStorage"));
const clock = createServerClock();

let purchase: (Purchase & { buyerId: string }) | null = null;
let face: FaceKind = "loading";
/** Of a sale that has a line; null: it has none, or its code is still to come. */
let line: SaleLine | null = null;
let isLineWanted = false;
/** Of a sale that goes by a list, likewise. */
let guests: SaleGuests | null = null;
let areGuestsWanted = false;
/** What the line says, where that is what matters. */
let lineFace: LineFace | null = null;
/** Focus moves only for those who have done something here: a page that merely loads leaves it alone. */
let hasActed = false;

const session = createSession(() => {
  followBuyer();
  render();
});
const watch = watchSale(saleId, clock, render);
const ticker = startTicker(root, clock, render);
const offer = wireOffer(root, (quantity) => {
  hasActed = true;
  purchase?.buy(quantity, { ticket: line?.ticket() ?? null, invitation: guests?.invitation() ?? null });
});

/** One purchase per signed-in buyer; it ends with the session and begins again, from storage, with the next. */
function followBuyer(): void {
  const current = session.current();
  const buyerId = current.kind === "signed_in" ? current.buyerId : null;
  line?.follow(buyerId);
  guests?.follow(buyerId);
  if (purchase?.buyerId === buyerId) return;
  purchase?.close();
  purchase = buyerId && {
    buyerId,
    ...createPurchase({
      saleId,
      buyerId,
      store,
      serverMs: () => clock.nowMs() ?? 0,
      refreshSale: () => watch.askNow(),
      onChange: onPurchase,
    }),
  };
}

function onPurchase(): void {
  if (purchase?.state().kind === "signing_in") session.forget();
  else render();
}

function knowledge(): Knowledge {
  const sale = watch.sale();
  // Also an open sale may go by turns by now: what comes back to it is the next one's in line.
  const isByTurns = typeof sale === "object" && hasLine(sale.mode);
  return {
    sale: typeof sale === "object" && guests ? guests.seen(sale) : sale,
    mayCome: typeof sale !== "object" || sale.guests.kind !== "listed" || !!guests?.invitation(),
    session: session.current(),
    purchase: purchase?.state() ?? null,
    hasUnfinishedIntent: store.findOfSale(saleId) !== null,
    serverMs: clock.nowMs(),
    unitsInTurn: isByTurns ? (line?.unitsInTurn() ?? 0) : null,
  };
}

const LOAD_AGAIN_MS = 3_000;

/** The code of a line, and of a list, comes only to a sale that has one. */
const load = (work: () => Promise<void>): void => {
  work().then(
    () => {
      followBuyer();
      render();
    },
    () => setTimeout(() => load(work), LOAD_AGAIN_MS),
  );
};

async function loadLine(): Promise<void> {
  const { createSaleLine } = await import("../line/sale-line.ts");
  line = createSaleLine({
    saleId,
    root,
    clock,
    onSignedOut: session.forget,
    invitation: () => guests?.invitation() ?? null,
    onActed: () => (hasActed = true),
    onChange: render,
  });
}

async function loadGuests(): Promise<void> {
  const { createSaleGuests } = await import("../guests/sale-guests.ts");
  guests = createSaleGuests({ saleId, root, onSignedOut: session.forget, onChange: render });
}

function render(): void {
  const known = knowledge();
  const { sale } = known;
  expireSession(known);
  const isLineTold = typeof sale === "object" && isAboutLine(sale);
  if (typeof sale === "object") {
    if (isLineTold && !isLineWanted) {
      isLineWanted = true;
      load(loadLine);
    }
    if (sale.guests.kind !== "everybody" && !areGuestsWanted) {
      areGuestsWanted = true;
      load(loadGuests);
    }
    guests?.show(sale, known);
  }
  const before = { face, lineFace };
  face = faceOf(known);
  // Until the line is there, nothing is said that it might contradict.
  if (isLineTold && !line && isOfSale(face)) face = "loading";
  lineFace = isLineTold && line && isOfSale(face) ? line.show(sale, isSignedIn(known)) : null;
  if (!lineFace) line?.hide();
  if (typeof sale === "object") showSale(root, sale);
  const isLookedUp = purchase?.isLookedUp() ?? false;
  showFace(root, face, known, isLookedUp, lineFace);
  offer.show(face, known, isLookedUp);
  showLiveStock(root, lineFace ? "loading" : face, known, watch.isStale());
  ticker.show(face, known);
  if (face !== before.face || lineFace?.state !== before.lineFace?.state) tellChange(before.face);
}

const isSignedIn = ({ session: current }: Knowledge): boolean => current.kind === "signed_in";

/** A session that runs out by the server's clock must not offer a Buy that would only ask for a new sign-in. */
function expireSession({ session: current, serverMs }: Knowledge): void {
  if (current.kind === "signed_in" && serverMs !== null && current.expiresAtMs <= serverMs) session.forget();
}

function tellChange(before: FaceKind): void {
  const focused = document.activeElement;
  const isFocusLost =
    focused instanceof HTMLElement && root.contains(focused) && focused.offsetParent === null;
  const isOwn = isResult(face) || isResult(before) || lineFace !== null;
  if (isFocusLost || (hasActed && isOwn)) part(root, "heading").focus();
  else if (before !== "loading") announce((lineFace?.words ?? texts.faces[face]).heading);
}

part(root, "stop").addEventListener("click", () => purchase?.stop());
part(root, "sign-out").addEventListener("click", () => void session.signOut());
wireSignIn(part(root, "sign-in"), session, () => {
  hasActed = true;
  part(root, "heading").focus();
});
