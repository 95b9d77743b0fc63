import type { EntryList, JoinAnswer, LineView, SaleId } from "../api/contract.ts";
import { request } from "../api/request.ts";

const of = (saleId: SaleId) => `/api/sale/${encodeURIComponent(saleId)}/line`;

export const lineApi = {
  /** The same for everybody, from the CDN. */
  line: (saleId: SaleId) => request<LineView>(of(saleId), { isPublic: true }),
  entry: (saleId: SaleId) => request<EntryList>(`${of(saleId)}/entry`),
  join: (saleId: SaleId, quantity: number) =>
    request<JoinAnswer>(of(saleId), { method: "POST", body: { quantity } }),
  leave: (saleId: SaleId) => request<undefined>(of(saleId), { method: "DELETE" }),
};
