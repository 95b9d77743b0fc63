import { noteOf } from "../order/order-words.ts";
import { texts } from "../../../texts/texts.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import type { FaceKind } from "./face-kind.ts";
import { type Knowledge, unitsHeld, unitsLeft } from "./sale-face.ts";

export function headingOf(face: FaceKind, { sale }: Knowledge): string {
  return face === "scheduled" && typeof sale === "object"
    ? texts.sale.opensAt(formatMoment(Date.parse(sale.startsAt)))
    : texts.faces[face].heading;
}

/** The face's sentence, with the figures that make it exact and the next thing to do. */
export const bodyOf = (face: FaceKind, known: Knowledge): string =>
  [figureOf(face, known), sentenceOf(face, known), adviceOf(face, known)].filter(Boolean).join(" ");

function figureOf(face: FaceKind, known: Knowledge): string {
  const { sale, session } = known;
  if (typeof sale !== "object") return "";
  if (face === "open" && session.kind === "signed_in") return known.mayCome ? texts.sale.oneClick : "";
  if (face === "sold_out" && sale.stock) {
    const { allocated, held } = sale.stock;
    const taken = texts.sale.allTaken(formatCount(allocated));
    return held > 0 ? `${taken} ${texts.sale.mayReturn(formatCount(held))}` : taken;
  }
  return face === "ended" && sale.endsAt ? texts.sale.endedAt(formatMoment(Date.parse(sale.endsAt))) : "";
}

function sentenceOf(face: FaceKind, known: Knowledge): string {
  const { purchase, session } = known;
  const { body } = texts.faces[face];
  // They have something else to do first, and the advice says what.
  if (face === "open" && session.kind === "anonymous") return "";
  if (purchase?.kind !== "settled") return body;
  if (face === "already_bought" && purchase.unitsHeld !== null && unitsLeft(known) > 0)
    return texts.sale.askedTooMany;
  if (face === "refused" && purchase.outcome === "refused") return texts.refusals[purchase.refusal] ?? body;
  return purchase.outcome === "refused" ? body : [body, noteOf(purchase.order)].filter(Boolean).join(" ");
}

function adviceOf(face: FaceKind, { session, mayCome }: Knowledge): string {
  if (face === "sold_out" || face === "ended")
    return session.kind === "anonymous" ? texts.sale.signInForOrder : "";
  if (face === "scheduled" && session.kind === "signed_in") return mayCome ? texts.sale.oneClickAway : "";
  const isSignInUseful = face === "scheduled" || face === "open";
  return isSignInUseful && session.kind === "anonymous" ? texts.sale.signInFirst : "";
}

/** How many units the buyer has here, and how many more they may ask for; empty where one order says it all. */
export function holdingOf(known: Knowledge): string {
  const [held, left] = [unitsHeld(known), unitsLeft(known)];
  const isWorthSaying = held > 0 && typeof known.sale === "object" && known.sale.purchaseLimit > 1;
  if (!isWorthSaying) return "";
  return `${texts.sale.held(formatCount(held))} ${left > 0 ? texts.sale.mayBuyMore(formatCount(left)) : texts.sale.limitReached}`;
}
