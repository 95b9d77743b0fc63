import { createHash } from "node:crypto";
import type { PictureFormat, RenditionName } from "../contract/renditions.ts";
import { type PictureId, pictureIdOf } from "../ids.ts";

/** A stored picture as a sale shows it. */
export type Picture = {
  readonly id: PictureId;
  /** What it shows, for who does not see it. */
  readonly alt: string;
  readonly format: PictureFormat;
};

export type RenditionFile = { readonly name: RenditionName; readonly bytes: Uint8Array };

const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest("hex");

/** The id of just these files under just these names: other bytes have another, so what an id names never changes. */
export const idOfFiles = (files: readonly RenditionFile[]): PictureId =>
  pictureIdOf(sha256(files.map(({ name, bytes }) => `${name} ${sha256(bytes)}\n`).join("")));
