import { type Shape, saleArt } from "./sale-art.ts";

const SVG = "http://www.w3.org/2000/svg";

function toElement({ tag, attrs, children }: Shape): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, String(value));
  element.append(...(children ?? []).map(toElement));
  return element;
}

/** Draws the art of a sale into the place of its picture. */
export function drawSaleArt(place: HTMLElement, saleId: string): void {
  place.replaceChildren(toElement(saleArt(saleId)));
}
