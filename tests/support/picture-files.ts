import { crc32, deflateSync } from "node:zlib";
import type { StorePictureRequest } from "../../core/contract/picture.ts";
import { type PictureFormat, type Rendition, renditionsOf } from "../../core/contract/renditions.ts";

const uint16 = (value: number) => [value >> 8, value & 0xff];
const segment = (marker: number, ...content: number[]) => [
  ...uint16(0xff00 | marker),
  ...uint16(content.length + 2),
  ...content,
];
const codeTable = (kind: number) => segment(0xc4, kind, 1, ...Array<number>(15).fill(0), 0);

/** A grey JPEG that browsers can show: each of its blocks is "as bright as the one before" and "nothing more", a bit each. */
export function jpegFile(width: number, height: number, extra: readonly number[] = []): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const head = [
    ...uint16(0xffd8),
    ...extra,
    ...segment(0xdb, 0, ...Array<number>(64).fill(1)),
    ...segment(0xc0, 8, ...uint16(height), ...uint16(width), 1, 1, 0x11, 0),
    ...codeTable(0x00),
    ...codeTable(0x10),
    ...segment(0xda, 1, 1, 0x00, 0, 63, 0),
  ];
  const scan = Buffer.alloc(Math.ceil((blocks * 2) / 8));
  return Buffer.concat([Buffer.from(head), scan, Buffer.from([0xff, 0xd9])]);
}

/** A segment of `bytes` bytes that says nothing, to make a JPEG larger. */
export const comment = (bytes: number): number[] => segment(0xfe, ...Array<number>(bytes - 4).fill(0x20));

/**
 * A lossless WebP of one colour that browsers can show: each of its five codes has one symbol, which takes no bits, so
 * that any number of pixels takes none.
 */
export function webpFile(width: number, height: number, { red = 200, green = 80, blue = 20 } = {}): Buffer {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1);
  };
  put(0x2f, 8);
  put(width - 1, 14);
  put(height - 1, 14);
  // No alpha, version 0; no transform, no colour cache, no second layer of codes.
  put(0, 1 + 3 + 3);
  for (const symbol of [green, red, blue, 255, 0]) {
    // A simple code, of one symbol, which has eight bits.
    put(0b101, 3);
    put(symbol, 8);
  }
  while (bits.length % 16 !== 0) bits.push(0);
  const data = Buffer.alloc(bits.length / 8);
  for (const [i, bit] of bits.entries()) data[i >> 3]! |= bit << (i & 7);
  const head = Buffer.from("RIFF____WEBPVP8L____", "latin1");
  head.writeUInt32LE(head.length - 8 + data.length, 4);
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}

export const fileOf = ({ type, width, height }: Rendition): Buffer =>
  (type === "image/webp" ? webpFile : jpegFile)(width, height);

/** An upload of one colour; `changed` files take the place of those of the same name, and undefined leaves one out. */
export function pictureUpload(
  format: PictureFormat = "webp",
  changed: Readonly<Record<string, Buffer | undefined>> = {},
): StorePictureRequest {
  const files = {
    ...Object.fromEntries(renditionsOf(format).map((rendition) => [rendition.name, fileOf(rendition)])),
    ...changed,
  };
  const renditions = Object.fromEntries(
    Object.entries(files).flatMap(([name, file]) => (file ? [[name, file.toString("base64")]] : [])),
  );
  return { format, renditions };
}

/** A PNG as a camera might make it: a picture with something in every part, and a text that tells where it was taken. */
export function pngFile(width: number, height: number, text = ""): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows[at] = (x * 255) / width;
      rows[at + 1] = (y * 255) / height;
      rows[at + 2] = (x >> 5) % 2 === (y >> 5) % 2 ? 200 : 60;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const chunks = [
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from(`Comment\0${text}`, "latin1")),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
