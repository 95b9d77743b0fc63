import { consoleTexts } from "../../../texts/console.ts";
import {
  type PictureReference,
  type SaleStatus,
  type StorePictureRequest,
  jpegRendition,
  pictureUrl,
} from "../api/contract.ts";
import { part } from "../page/dom.ts";
import { type EncodeOutcome, encodePicture } from "../picture/encode-picture.ts";
import { consoleApi } from "./console-api.ts";
import { pictureFieldView } from "./picture-field-view.ts";
import { refusalText } from "./refusal-text.ts";

type Picture = NonNullable<SaleStatus["picture"]>;
type Chosen =
  | { readonly kind: "none" }
  | { readonly kind: "stored"; readonly id: Picture["id"] }
  | { readonly kind: "encoded"; readonly upload: StorePictureRequest };
export type Settled =
  | { readonly kind: "settled"; readonly picture: PictureReference | null }
  | { readonly kind: "refused"; readonly why: string };

const texts = consoleTexts.form.picture;

/** The form's field for the sale's picture: chosen from a file, shown as shoppers will see it, described, removed. */
export function wirePictureField(root: HTMLElement) {
  const view = pictureFieldView(root);
  let chosen: Chosen = { kind: "none" };
  let reading: Promise<void> = Promise.resolve();
  let latest: File | null = null;

  /** A file that cannot be taken leaves the picture that was there. */
  async function read(file: File): Promise<void> {
    latest = file;
    view.tell(texts.reading);
    const outcome = await encodePicture(file);
    // Another may have been chosen, or all removed, in the meantime.
    if (latest !== file) return;
    if (outcome.kind !== "encoded") return view.tell("", wrongText(outcome));
    chosen = { kind: "encoded", upload: outcome.upload };
    outcome.preview.setAttribute("role", "img");
    view.show(outcome.preview);
    view.tell(texts.ready(outcome.bytes));
  }

  function remove(): void {
    latest = null;
    chosen = { kind: "none" };
    view.show(null);
    view.tell(texts.removed);
    view.file.focus();
  }

  view.file.addEventListener("change", () => {
    const file = view.file.files?.[0];
    if (file) reading = read(file);
  });
  part(root, "picture-remove").addEventListener("click", remove);
  return {
    /** Shows the picture that a sale has. */
    show(picture: Picture | null): void {
      if (!picture) return;
      chosen = { kind: "stored", id: picture.id };
      view.alt.value = picture.alt;
      view.show(Object.assign(document.createElement("img"), { src: pictureUrl(picture, jpegRendition) }));
    },

    /** What the sale is to name; a new picture is stored first. */
    async settle(): Promise<Settled> {
      await reading;
      return settle(chosen, view.alt.value.trim());
    },
  };
}

/** Asking again, after no answer came, stores nothing twice. */
async function settle(chosen: Chosen, alt: string): Promise<Settled> {
  if (chosen.kind === "none") return { kind: "settled", picture: null };
  if (chosen.kind === "stored") return { kind: "settled", picture: { id: chosen.id, alt } };
  const reply = await consoleApi.storePicture(chosen.upload);
  if (reply.kind !== "ok") return { kind: "refused", why: refusalText(reply) };
  return { kind: "settled", picture: { id: reply.value.id, alt } };
}

function wrongText(outcome: Exclude<EncodeOutcome, { kind: "encoded" }>): string {
  switch (outcome.kind) {
    case "too_small":
      return texts.wrong.too_small(outcome.size, outcome.least);
    case "unreadable":
    case "too_large":
    case "too_detailed":
      return texts.wrong[outcome.kind];
    default:
      return outcome satisfies never;
  }
}
