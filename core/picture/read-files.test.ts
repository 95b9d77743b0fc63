import { expect, test } from "vitest";
import { comment, jpegFile, pictureUpload, webpFile } from "../../tests/support/picture-files.ts";
import { RENDITION_LIMIT_BYTES } from "../contract/renditions.ts";
import { idOfFiles } from "./picture.ts";
import { readFiles } from "./read-files.ts";

const whole = webpFile(480, 360);
const with4 = (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("<!--")]);

/** The same picture in the extended form of WebP, which may say that it moves. */
function extended({ isAnimated = false } = {}): Buffer {
  const head = Buffer.from("VP8X\x0a\0\0\0\0\0\0\0\xdf\x01\0\x67\x01\0", "latin1");
  if (isAnimated) head[8] = 0b10;
  const file = Buffer.concat([whole.subarray(0, 12), head, whole.subarray(12)]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

test.each(["webp", "jpeg"] as const)("files that are what their names say are taken: %s", (format) => {
  const read = readFiles(pictureUpload(format));
  expect(read).toMatchObject({ kind: "valid" });
  expect(read.kind === "valid" && read.files.map(({ name }) => name)).toEqual(
    format === "webp"
      ? ["480.webp", "960.webp", "1440.webp", "1200.jpg"]
      : ["480.jpg", "960.jpg", "1440.jpg", "1200.jpg"],
  );
});

test.each<[string, string, Buffer, string]>([
  [
    "a drawing that could run scripts",
    "480.webp",
    Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "must be a file of type image/webp",
  ],
  [
    "a page",
    "1200.jpg",
    Buffer.from("<!doctype html><script>alert(1)</script>"),
    "must be a file of type image/jpeg",
  ],
  ["a GIF", "480.webp", Buffer.from("GIF89a\xe0\x01\x68\x01", "latin1"), "must be a file of type image/webp"],
  ["a JPEG under the name of a WebP", "480.webp", jpegFile(480, 360), "must be a file of type image/webp"],
  ["a WebP under the name of a JPEG", "1200.jpg", webpFile(1200, 900), "must be a file of type image/jpeg"],
  ["a wrong size", "960.webp", webpFile(960, 721), "must be 960 × 720 pixels, not 960 × 721"],
  [
    "one that ends early",
    "480.webp",
    whole.subarray(0, -2),
    "must be one whole file, with nothing missing and nothing after its end",
  ],
  [
    "something after the end of a WebP",
    "480.webp",
    with4(whole),
    "must be one whole file, with nothing missing and nothing after its end",
  ],
  [
    "something after the end of a JPEG",
    "1200.jpg",
    with4(jpegFile(1200, 900)),
    "must be one whole file, with nothing missing and nothing after its end",
  ],
  ["one that moves", "480.webp", extended({ isAnimated: true }), "must not move"],
  ["one byte too many", "1200.jpg", withBytes(RENDITION_LIMIT_BYTES + 1), "must be at most 358400 bytes"],
])("%s is refused by its name", (_, name, file, message) => {
  const errors = [{ field: `renditions.${name}`, message }];
  expect(readFiles(pictureUpload("webp", { [name]: file }))).toEqual({ kind: "wrong", errors });
});

test("the largest that is allowed is taken, and so is one in the extended form that does not move", () => {
  const changed = { "1200.jpg": withBytes(RENDITION_LIMIT_BYTES), "480.webp": extended() };
  expect(readFiles(pictureUpload("webp", changed))).toMatchObject({ kind: "valid" });
});

test("every wrong file is named", () => {
  const nothing = Buffer.from("AAAA");
  const read = readFiles(pictureUpload("webp", { "480.webp": nothing, "1440.webp": nothing }));
  expect(read.kind === "wrong" && read.errors.map(({ field }) => field)).toEqual([
    "renditions.480.webp",
    "renditions.1440.webp",
  ]);
});

function idOf(upload: ReturnType<typeof pictureUpload>) {
  const read = readFiles(upload);
  return read.kind === "valid" && idOfFiles(read.files);
}

test("the id is that of the files: the same have the same, and one bit makes another", () => {
  expect(idOf(pictureUpload())).toMatch(/^pic_[0-9a-f]{40}$/);
  expect(idOf(pictureUpload())).toBe(idOf(pictureUpload()));
  expect(idOf(pictureUpload("webp", { "480.webp": webpFile(480, 360, { red: 201 }) }))).not.toBe(
    idOf(pictureUpload()),
  );
});

/** A JPEG of just so many bytes. */
function withBytes(bytes: number): Buffer {
  const extra: number[] = [];
  const missing = () => bytes - jpegFile(1200, 900, extra).length;
  while (missing() > 70_000) extra.push(...comment(60_000));
  extra.push(...comment(missing() - 10_000), ...comment(10_000));
  return jpegFile(1200, 900, extra);
}
