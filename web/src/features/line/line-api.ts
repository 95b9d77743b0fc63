import type { EntryList, JoinAnswer, LineView, SaleId } from "../api/contract.ts";
import { request } from "../api/request.ts";

const of = (saleId: SaleId) => `/api/sale/${encodeURIComponent(saleId)}/line`;
const entryOf = (saleId: SaleId) => `${of(saleId)}/entry`;

export const lineApi = {
  /** The same for everybody, from the CDN. */
  line: (saleId: SaleId) => request<LineView>(of(saleId), { isPublic: true }),
  entry: (saleId: SaleId) => request<EntryList>(entryOf(saleId)),
  join: (saleId: SaleId, quantity: number) =>
    request<JoinAnswer>(entryOf(saleId), { method: "POST", body: { quantity } }),
  leave: (saleId: SaleId) => request<undefined>(entryOf(saleId), { method: "DELETE" }),
};
