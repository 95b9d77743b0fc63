import { salePath } from "../../../texts/locale.ts";
import { placeTexts } from "../../../texts/places.ts";
import { locale } from "../../../texts/texts.ts";
import { api } from "../api/api.ts";
import type { Preview, SaleStatus } from "../api/contract.ts";
import { isMissing } from "../api/request.ts";
import { createServerClock } from "../clock/server-clock.ts";
import type { LineFace } from "../line/tell.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";
import { formatMoment } from "../page/format.ts";
import { startPoll } from "../page/poll.ts";
import { backoffMs } from "../page/waits.ts";
import { wireOffer } from "../sale/offer-view.ts";
import { faceOf, type Knowledge } from "../sale/sale-face.ts";
import { startTicker } from "../sale/sale-ticker.ts";
import { showFace, showLiveStock, showSale } from "../sale/sale-view.ts";
import { type Moment, saleAt, visitorAt } from "./moment.ts";

/** What was edited meanwhile is seen this soon, and that the link has ended. */
const LOOK_MS = 10_000;

const root = part(document, "sale");
const body = part(document, "preview-body");
const choice = part<HTMLSelectElement>(document, "moment");
const realPage = part<HTMLAnchorElement>(document, "real-page");
const clock = createServerClock();
const ticker = startTicker(root, clock, () => render());
const offer = wireOffer(root, sayNothing);
/** What the line's code says to whoever may join; it comes only to a sale that has one. */
let joinWords: ((sale: SaleStatus) => LineFace) | null = null;
let seen: Preview | "over" | "unreachable" | null = null;
let wasSeen = false;

/** Whatever is clicked or sent here: it is a preview. */
function sayNothing(): void {
  announce("");
  announce(placeTexts.preview.nothing);
  setText(body, placeTexts.preview.nothing);
  body.scrollIntoView({ block: "center" });
}

function shownSale(moment: Moment): Knowledge["sale"] {
  if (seen === null) return "unknown";
  if (seen === "over") return "not_found";
  return seen === "unreachable" ? seen : saleAt(seen.sale, moment);
}

function knowledge(): Knowledge {
  const moment = choice.value as Moment;
  return {
    sale: shownSale(moment),
    mayCome: true,
    session: typeof seen === "object" && seen !== null ? visitorAt(moment) : { kind: "unknown" },
    purchase: null,
    hasUnfinishedIntent: false,
    // Of a draft whose start is past the page goes on saying what it will say before it.
    serverMs: moment === "scheduled" ? null : clock.nowMs(),
    unitsInTurn: null,
  };
}

function render(): void {
  const known = knowledge();
  const face = faceOf(known);
  const isBefore = choice.value === "scheduled";
  const joinNote = typeof known.sale === "object" && isBefore ? (joinWords?.(known.sale) ?? null) : null;
  if (typeof known.sale === "object") showSale(root, known.sale);
  showFace(root, face, known, true, joinNote);
  offer.show(face, known, true);
  showLiveStock(root, joinNote ? "loading" : face, known, false);
  ticker.show(face, known);
  setShown(part(root, "line"), joinNote !== null);
  setShown(part(root, "join-form"), joinNote !== null);
  setShown(part(root, "signed-in"), false);
  setShown(part(root, "to-come"), false);
}

async function loadLineWords(): Promise<void> {
  const { tell } = await import("../line/tell.ts");
  joinWords = (sale) =>
    tell({
      place: { kind: "join", list: 0 },
      hasBegun: false,
      view: null,
      sale,
      isSignedIn: false,
      lane: null,
      nowMs: clock.nowMs() ?? 0,
    });
  render();
}

function showBanner(): void {
  if (seen === null) return;
  const preview = typeof seen === "object" ? seen : null;
  const isPublished = preview?.visibility === "listed" || preview?.visibility === "unlisted";
  setShown(part(document, "moment-label"), preview !== null && !isPublished);
  setShown(realPage, isPublished);
  if (!preview)
    return setText(body, seen === "over" ? placeTexts.preview.over : placeTexts.preview.unreachable);
  realPage.href = salePath(locale, preview.sale.saleId);
  const until = placeTexts.preview.until(formatMoment(Date.parse(preview.endsAt)));
  setText(body, isPublished ? placeTexts.preview.published : until);
}

const poll = startPoll(async () => {
  const reply = await api.preview(location.hash.slice(1));
  if (reply.kind === "ok") {
    seen = reply.value;
    clock.hear({ ...reply, serverMs: Date.parse(seen.sale.serverTime) });
    if (seen.sale.mode.kind !== "open" && !joinWords) void loadLineWords();
  } else if (isMissing(reply)) seen = "over";
  // What was seen stays while nobody answers.
  else if (!wasSeen) seen = "unreachable";
  wasSeen = typeof seen === "object";
  showBanner();
  render();
  if (reply.kind === "ok") return LOOK_MS;
  return seen === "over" ? LOOK_MS : backoffMs(1);
});

choice.addEventListener("change", () => {
  showBanner();
  render();
});
window.addEventListener("hashchange", poll.askNow);
for (const event of ["submit", "click"] as const)
  root.addEventListener(
    event,
    (happened) => {
      const isForm = happened.type === "submit";
      if (!isForm && !(happened.target as Element).closest("a, button[type=button]")) return;
      happened.preventDefault();
      happened.stopPropagation();
      sayNothing();
    },
    { capture: true },
  );
