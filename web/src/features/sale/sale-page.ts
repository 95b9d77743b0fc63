import { texts } from "../../../texts/texts.ts";
import { createServerClock } from "../clock/server-clock.ts";
import { asGuest, hasList, mayCome } from "../guests/as-guest.ts";
import type { SaleGuests } from "../guests/sale-guests.ts";
import { createSession } from "../identity/session.ts";
import { wireSignIn } from "../identity/sign-in-form.ts";
import type { SaleLine } from "../line/sale-line.ts";
import type { Told } from "../line/tell.ts";
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
/** The refusal after which the invitation was asked for anew. */
let renewedAfter: unknown = null;
/** What the line says, where that is what matters. */
let told: Told | null = null;
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
  const invitation = guests?.invitation()?.invitation ?? null;
  purchase?.buy(quantity, { ticket: line?.ticket() ?? null, invitation });
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
  const state = purchase?.state();
  const isUninvited =
    state?.kind === "settled" && state.outcome === "refused" && state.refusal === "not_eligible";
  if (isUninvited && renewedAfter !== state) {
    renewedAfter = state;
    guests?.renew();
  }
  if (state?.kind === "signing_in") session.forget();
  else render();
}

function knowledge(): Knowledge {
  const sale = watch.sale();
  const invitation = guests?.invitation() ?? null;
  return {
    sale: typeof sale === "object" ? asGuest(sale, invitation) : sale,
    mayCome: typeof sale !== "object" || mayCome(sale, invitation),
    session: session.current(),
    purchase: purchase?.state() ?? null,
    hasUnfinishedIntent: store.findOfSale(saleId) !== null,
    serverMs: clock.nowMs(),
    unitsInTurn: isLineWanted ? (line?.unitsInTurn() ?? 0) : null,
  };
}

const LOAD_AGAIN_MS = 3_000;

/** The line's code comes only to a sale that has one. */
async function loadLine(): Promise<void> {
  isLineWanted = true;
  try {
    const { createSaleLine } = await import("../line/sale-line.ts");
    line = createSaleLine({
      saleId,
      root,
      clock,
      onSignedOut: session.forget,
      invitation: () => guests?.invitation()?.invitation ?? null,
      onActed: () => (hasActed = true),
      onChange: render,
    });
    followBuyer();
    render();
  } catch {
    setTimeout(() => void loadLine(), LOAD_AGAIN_MS);
  }
}

/** The same of a list. */
async function loadGuests(): Promise<void> {
  areGuestsWanted = true;
  try {
    const { createSaleGuests } = await import("../guests/sale-guests.ts");
    guests = createSaleGuests({ saleId, root, onSignedOut: session.forget, onChange: render });
    followBuyer();
    render();
  } catch {
    setTimeout(() => void loadGuests(), LOAD_AGAIN_MS);
  }
}

function render(): void {
  const known = knowledge();
  const { sale } = known;
  expireSession(known);
  if (typeof sale === "object" && sale.mode.kind !== "open" && !isLineWanted) void loadLine();
  if (typeof sale === "object" && hasList(sale.guests) && !areGuestsWanted) void loadGuests();
  if (typeof sale === "object") guests?.show(sale, isSignedIn(known));
  const before = { face, told };
  face = faceOf(known);
  // Until the line is there, nothing is said that it might contradict.
  if (isLineWanted && !line && isOfSale(face)) face = "loading";
  told = typeof sale === "object" && line && isOfSale(face) ? line.show(sale, isSignedIn(known)) : null;
  if (!told) line?.hide();
  if (typeof sale === "object") showSale(root, sale);
  const isLookedUp = purchase?.isLookedUp() ?? false;
  showFace(root, face, known, isLookedUp, told);
  offer.show(face, known, isLookedUp);
  showLiveStock(root, told ? "loading" : face, known, watch.isStale());
  ticker.show(face, known);
  if (face !== before.face || told?.state !== before.told?.state) tellChange(before.face);
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
  const isOwn = isResult(face) || isResult(before) || told !== null;
  if (isFocusLost || (hasActed && isOwn)) part(root, "heading").focus();
  else if (before !== "loading") announce((told?.words ?? texts.faces[face]).heading);
}

part(root, "stop").addEventListener("click", () => purchase?.stop());
part(root, "sign-out").addEventListener("click", () => void session.signOut());
wireSignIn(part(root, "sign-in"), session, () => {
  hasActed = true;
  part(root, "heading").focus();
});
