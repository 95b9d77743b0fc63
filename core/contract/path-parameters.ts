import * as v from "valibot";
import { round } from "./beacon.ts";
import { apiKeyId, endpointId, orderId, pictureId, rehearsalId, saleId } from "./ids.ts";
import { passkeyId } from "./passkeys.ts";
import { renditionName } from "./picture.ts";
import { pushId } from "./push.ts";
import { pastSalesStart } from "./sale.ts";
import { unsubscribeToken } from "./unsubscribe-token.ts";

/** The number of a list, or of a page of a file. */
const fileNumber = v.pipe(
  v.string(),
  v.regex(/^(?:0|[1-9]\d{0,6})$/, "must be a whole number"),
  v.transform(Number),
);

/** Each parameter of a path under its name, but for a page's language. */
export const pathParameters = {
  saleId,
  orderId,
  pictureId,
  endpointId,
  keyId: apiKeyId,
  rendition: renditionName,
  page: fileNumber,
  list: fileNumber,
  round,
  passkeyId,
  pushId,
  rehearsalId,
  before: pastSalesStart,
  token: unsubscribeToken,
} as const;

/** The names of a route key's parameters: `GET /api/sale/{saleId}/line` has one. */
export const parameterNames = (routeKey: string): string[] =>
  [...routeKey.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
