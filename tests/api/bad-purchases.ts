import type { ProblemKind } from "../../core/contract/problem.ts";
import type { SaleId } from "../../core/ids.ts";
import { BODY_LIMIT_BYTES } from "../../core/limits.ts";
import type { Call } from "../support/test-api.ts";
import { aSale } from "../support/test-sale.ts";

type BadPurchase = readonly [what: string, call: Call, status: number, kind: ProblemKind];

const bytes = (...codes: number[]) => new Uint8Array(codes);
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

const invalid = (what: string, raw: string | Uint8Array<ArrayBuffer>): BadPurchase => [
  what,
  { raw },
  400,
  "invalid_request",
];

/** What is wrong with the body of a purchase of one sale; its session and key are right. */
export function badBodies(saleId: SaleId): readonly BadPurchase[] {
  const start = `{"saleId":"${saleId}"`;
  const padded = (length: number) => `${start},"x":"${"y".repeat(length - start.length - 8)}"}`;
  const quantity = (json: string) => invalid(`quantity ${json}`, `${start},"quantity":${json}}`);
  const sale = (json: string) => invalid(`saleId ${json.slice(0, 60)}`, `{"saleId":${json}}`);
  const type = (contentType: string): BadPurchase => [
    `content type ${JSON.stringify(contentType)}`,
    { raw: `${start}}`, headers: { "content-type": contentType } },
    415,
    "unsupported_media_type",
  ];
  return [
    ...[
      "0",
      "-1",
      "-0",
      "1.5",
      "101",
      "1000000000",
      "1e999",
      '"1"',
      '"NaN"',
      "null",
      "true",
      "[1]",
      "{}",
    ].map(quantity),
    ...["1", "null", '""', '"sale_1"', `"${saleId.toLowerCase()}"`, `"${saleId} "`, `"${saleId}\\u0000"`].map(
      sale,
    ),
    ...[`["${saleId}"]`, '"{x}:gate"', nested(3000)].map(sale),
    invalid("no body", ""),
    invalid("broken JSON", `${start},`),
    invalid("a bare NaN", `${start},"quantity":NaN}`),
    invalid("an array", `[${start}}]`),
    invalid("a string", `"${saleId}"`),
    invalid("null", "null"),
    invalid("deep nesting", nested(8000)),
    invalid("bytes that are no text", bytes(0x7b, 0xff, 0xfe, 0x7d)),
    invalid("zero bytes", bytes(0, 0, 0)),
    invalid("an unknown field", `${start},"price":1}`),
    invalid("__proto__", `${start},"__proto__":{"quantity":2}}`),
    invalid("constructor", `${start},"constructor":{"prototype":{}}}`),
    invalid("a field twice, the last one wrong", `${start},"quantity":1,"quantity":-1}`),
    invalid("as many bytes as are read, with an unknown field", padded(BODY_LIMIT_BYTES)),
    ["one byte more than is read", { raw: padded(BODY_LIMIT_BYTES + 1) }, 413, "body_too_large"],
    [
      "too many bytes in base64",
      { raw: new Uint8Array(BODY_LIMIT_BYTES + 1), headers: { "content-type": "application/octet-stream" } },
      413,
      "body_too_large",
    ],
    ["a megabyte", { raw: padded(1024 * 1024) }, 413, "body_too_large"],
    ...["", "text/plain", "text/json", "application/jsonp", "application/x-www-form-urlencoded"].map(type),
    ["no content and no type", {}, 415, "unsupported_media_type"],
    ["another sale's id", { body: { saleId: aSale().saleId } }, 404, "not_found"],
  ];
}

/** What is wrong with the key of a purchase whose body and session are right. */
export const badKeys: readonly (readonly [string, string | undefined])[] = [
  ["no key", undefined],
  ["an empty key", ""],
  ["seven characters", "a".repeat(7)],
  ["129 characters", "a".repeat(129)],
  ["9,000 characters", "a".repeat(9_000)],
  ["a space inside", "key 0001"],
  ["a tab inside", "key\t0001"],
  ["characters beyond ASCII", "clé-0001"],
];
