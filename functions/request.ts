import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as v from "valibot";
import { orderId, pictureId, saleId } from "../core/contract/ids.ts";
import { idempotencyKey } from "../core/contract/purchase.ts";
import { renditionName } from "../core/contract/picture.ts";
import type { Route } from "../core/contract/routes.ts";
import { BODY_LIMIT_BYTES } from "../core/topology.ts";
import { type Answer, refuse } from "./answer.ts";

/** Thrown while a request is read; the endpoint answers it. */
export class Refused extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(answer.problem?.title ?? "refused");
    this.answer = answer;
  }
}

type FieldError = { readonly field: string; readonly message: string };

const invalid = (errors: readonly FieldError[]) =>
  new Refused(refuse("invalid_request", { errors: [...errors] }));

/** @throws Refused naming each wrong field. */
function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at?: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw invalid(
    result.issues.map((issue) => ({
      field: at ?? (v.getDotPath(issue) || "body"),
      message: issue.message.slice(0, 200),
    })),
  );
}

/** The body as its schema wants it. @throws Refused: too large (before parsing), not JSON, or with wrong fields. */
export function readBody<Schema extends v.GenericSchema>(
  event: APIGatewayProxyEventV2,
  schema: Schema,
  limitBytes = BODY_LIMIT_BYTES,
) {
  const raw = event.body ?? "";
  const text = event.isBase64Encoded ? decodeBase64(raw, limitBytes) : raw;
  if (Buffer.byteLength(text) > limitBytes)
    throw new Refused(refuse("body_too_large", { detail: `The limit is ${limitBytes} bytes` }));
  const type = event.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new Refused(refuse("unsupported_media_type"));
  return check(schema, parseJson(text));
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
export const readQuery = (event: APIGatewayProxyEventV2, schema: NonNullable<Route["query"]>) =>
  check(schema, event.queryStringParameters ?? {});

export function readIdempotencyKey(event: APIGatewayProxyEventV2, need: Route["idempotencyKey"]): string {
  const key = event.headers["idempotency-key"];
  if (need === undefined || (need === "optional" && key === undefined)) return "";
  return check(idempotencyKey, key, "Idempotency-Key");
}

const pathSchemas = { saleId, orderId, pictureId, rendition: renditionName } as const;

/** A path parameter of the route. @throws Refused when it is not of its shape. */
export const readPathId = <Name extends keyof typeof pathSchemas>(
  event: APIGatewayProxyEventV2,
  name: Name,
) => check(pathSchemas[name], event.pathParameters?.[name], name);
