import { texts } from "../../texts/texts.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import type { FaceKind, Knowledge } from "./sale-face.ts";

export function headingOf(face: FaceKind, { sale }: Knowledge): string {
  return face === "scheduled" && typeof sale === "object"
    ? texts.sale.opensAt(formatMoment(Date.parse(sale.startsAt)))
    : texts.faces[face].heading;
}

/** The face's sentence, with the figures that make it exact and the next thing to do. */
export const bodyOf = (face: FaceKind, known: Knowledge): string =>
  [figureOf(face, known), sentenceOf(face, known), adviceOf(face, known)].filter(Boolean).join(" ");

function figureOf(face: FaceKind, { sale }: Knowledge): string {
  if (typeof sale !== "object") return "";
  if (face === "sold_out" && sale.stock) return texts.sale.allTaken(formatCount(sale.stock.allocated));
  return face === "ended" && sale.endsAt ? texts.sale.endedAt(formatMoment(Date.parse(sale.endsAt))) : "";
}

function sentenceOf(face: FaceKind, { purchase }: Knowledge): string {
  const { body } = texts.faces[face];
  if (purchase?.kind !== "settled") return body;
  if (face === "refused" && purchase.outcome === "refused") return texts.refusals[purchase.refusal] ?? body;
  return face === "rejected" && purchase.outcome === "rejected" && purchase.order.reason
    ? `${body} ${texts.sale.reason(purchase.order.reason)}`
    : body;
}

function adviceOf(face: FaceKind, { session }: Knowledge): string {
  if (face === "sold_out" || face === "ended")
    return session.kind === "anonymous" ? texts.sale.signInForOrder : "";
  if (face === "scheduled" && session.kind === "signed_in") return texts.sale.oneClickAway;
  const isSignInUseful = face === "scheduled" || face === "open";
  return isSignInUseful && session.kind === "anonymous" ? texts.sale.signInFirst : "";
}
