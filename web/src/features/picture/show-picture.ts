import { type SaleStatus, jpegRendition, pictureUrl, srcsetOf } from "../api/contract.ts";

type Shown = Pick<SaleStatus, "saleId" | "picture">;
type Picture = NonNullable<SaleStatus["picture"]>;

export type PictureUse = {
  /** How wide it is shown, as CSS says it; the browser chooses the rendition by it. */
  readonly sizes: string;
  /** `first`: what the page is about. `later`: only once it comes near the window. */
  readonly when: "first" | "later";
};

/**
 * Puts a sale's picture into its reserved place, once. A sale without one, or whose picture does not come, has the art
 * that is drawn from its id.
 */
export function showPicture(place: HTMLElement, { saleId, picture }: Shown, use: PictureUse): void {
  const shown = `${saleId} ${picture?.id} ${picture?.alt}`;
  if (place.dataset["shown"] === shown) return;
  place.dataset["shown"] = shown;
  /** Its code comes only where no picture does; a place without either is a quiet ground. */
  const drawArt = async () => {
    const { drawSaleArt } = await import("../art/draw.ts").catch(() => ({ drawSaleArt: () => {} }));
    if (place.dataset["shown"] === shown) drawSaleArt(place, saleId);
  };
  if (!picture) return void drawArt();
  const [element, image] = pictureElement(picture, use);
  image.addEventListener("error", () => {
    if (place.contains(image)) void drawArt();
  });
  place.replaceChildren(element);
}

/** `src` comes last: until then the browser fetches nothing, and by then it knows all there is to choose from. */
function pictureElement(
  picture: Picture,
  { sizes, when }: PictureUse,
): [HTMLPictureElement, HTMLImageElement] {
  const element = document.createElement("picture");
  const image = document.createElement("img");
  const srcset = srcsetOf(picture);
  if (picture.format === "webp") {
    const source = document.createElement("source");
    Object.assign(source, { type: "image/webp", sizes, srcset });
    element.append(source);
  } else Object.assign(image, { sizes, srcset });
  const { width, height } = jpegRendition;
  Object.assign(image, { alt: picture.alt, width, height, decoding: "async" });
  if (when === "first") image.fetchPriority = "high";
  else image.loading = "lazy";
  element.append(image);
  image.src = pictureUrl(picture, jpegRendition);
  return [element, image];
}
