import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as v from "valibot";
import { idempotencyKey } from "../../core/contract/purchase.ts";
import type { RouteChecks } from "../../core/contract/route.ts";
import { BODY_LIMIT_BYTES } from "../../core/limits.ts";
import { refuse, type Refusal } from "../answer/answer.ts";

/** Thrown while a request is read; the endpoint answers it. */
export class Refused extends Error {
  readonly answer: Refusal;
  constructor(answer: Refusal) {
    super(answer.problem.title);
    this.answer = answer;
  }
}

type FieldError = { readonly field: string; readonly message: string };

const invalid = (errors: readonly FieldError[]) =>
  new Refused(refuse("invalid_request", { errors: [...errors] }));

type Checked<Schema extends v.GenericSchema> =
  | { readonly kind: "valid"; readonly value: v.InferOutput<Schema> }
  /** Naming each wrong field. */
  | { readonly kind: "invalid"; readonly refused: Refused };

/** A value as its schema wants it; `at` is the name of the whole. */
export function checkFields<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at?: string,
): Checked<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return { kind: "valid", value: result.output };
  const errors = result.issues.map((issue) => ({
    field: at ?? (v.getDotPath(issue) || "body"),
    message: issue.message.slice(0, 200),
  }));
  return { kind: "invalid", refused: invalid(errors) };
}

/** A value as its schema wants it. @throws Refused naming each wrong field. */
export function check<Schema extends v.GenericSchema>(schema: Schema, value: unknown, at?: string) {
  const checked = checkFields(schema, value, at);
  if (checked.kind === "invalid") throw checked.refused;
  return checked.value;
}

/** The body as its schema wants it. @throws Refused: too large (before parsing), not JSON, or with wrong fields. */
export const readBody = <Schema extends v.GenericSchema>(
  event: APIGatewayProxyEventV2,
  schema: Schema,
  limitBytes = BODY_LIMIT_BYTES,
) => check(schema, parseJson(readText(event, "application/json", limitBytes)));

export type Fields = Readonly<Record<string, string>>;

/** A form's fields as they were sent. @throws Refused: too large (before parsing), or no form. */
export const readFields = (event: APIGatewayProxyEventV2): Fields =>
  Object.fromEntries(new URLSearchParams(readText(event, FORM_TYPE, BODY_LIMIT_BYTES)));

const FORM_TYPE = "application/x-www-form-urlencoded";

function readText(event: APIGatewayProxyEventV2, wantedType: string, limitBytes: number): string {
  const raw = event.body ?? "";
  const text = event.isBase64Encoded ? decodeBase64(raw, limitBytes) : raw;
  if (Buffer.byteLength(text) > limitBytes)
    throw new Refused(refuse("body_too_large", { detail: `The limit is ${limitBytes} bytes` }));
  const type = event.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== wantedType) throw new Refused(refuse("unsupported_media_type"));
  return text;
}

/** A body that is too large is refused by its encoded length, without decoding it. */
const decodeBase64 = (raw: string, limitBytes: number): string =>
  raw.length > limitBytes * 2 ? raw : Buffer.from(raw, "base64").toString();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ field: "body", message: "must be JSON" }]);
  }
}

/** The query string as its schema wants it. @throws Refused naming each wrong parameter. */
export const readQuery = <Schema extends NonNullable<RouteChecks["query"]>>(
  event: APIGatewayProxyEventV2,
  schema: Schema,
) => check(schema, event.queryStringParameters ?? {});

export function readIdempotencyKey(
  event: APIGatewayProxyEventV2,
  need: RouteChecks["idempotencyKey"],
): string {
  const key = event.headers["idempotency-key"];
  if (need === undefined || (need === "optional" && key === undefined)) return "";
  return check(idempotencyKey, key, "Idempotency-Key");
}
