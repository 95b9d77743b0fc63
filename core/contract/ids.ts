import * as v from "valibot";
import {
  type ApiKeyId,
  apiKeyIdPattern,
  type BuyerId,
  type EndpointId,
  endpointIdPattern,
  type OrderId,
  type PictureId,
  type RehearsalId,
  type SaleId,
  buyerIdPattern,
  orderIdPattern,
  pictureIdPattern,
  rehearsalIdPattern,
  saleIdPattern,
} from "../ids.ts";

export type { ApiKeyId, BuyerId, EndpointId, OrderId, SaleId } from "../ids.ts";

/** Branded by a cast: a schema that brands has no JSON Schema form, and the documents would not say what an id looks like. */
const id = <T extends string>(pattern: RegExp, example: string) =>
  v.pipe(v.string(), v.regex(pattern, `must look like ${example}`)) as unknown as v.GenericSchema<string, T>;

export const saleId = id<SaleId>(saleIdPattern, "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD");
export const orderId = id<OrderId>(orderIdPattern, "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD");
export const buyerId = id<BuyerId>(buyerIdPattern, "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD");
export const rehearsalId = id<RehearsalId>(rehearsalIdPattern, "reh_01J9ZQ4Z6XWT9YV3W3V9K8M2QD");
export const pictureId = id<PictureId>(pictureIdPattern, "pic_ and 40 hexadecimal digits");
export const endpointId = id<EndpointId>(endpointIdPattern, "whe_01J9ZQ4Z6XWT9YV3W3V9K8M2QD");
export const apiKeyId = id<ApiKeyId>(apiKeyIdPattern, "key_01J9ZQ4Z6XWT9YV3W3V9K8M2QD");
