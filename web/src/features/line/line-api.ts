import type {
  ChallengeAnswer,
  EntryList,
  JoinAnswer,
  LineView,
  SaleId,
  SolvedChallenge,
} from "../api/contract.ts";
import { locale } from "../../../texts/texts.ts";
import { request } from "../api/request.ts";

const of = (saleId: SaleId) => `/api/sale/${encodeURIComponent(saleId)}/line`;
const entryOf = (saleId: SaleId) => `${of(saleId)}/entry`;

export const lineApi = {
  /** The same for everybody, from the CDN. */
  line: (saleId: SaleId) => request<LineView>(of(saleId), { isPublic: true }),
  entry: (saleId: SaleId) => request<EntryList>(entryOf(saleId)),
  challenge: (saleId: SaleId) => request<ChallengeAnswer>(`${of(saleId)}/challenge`),
  join: (saleId: SaleId, quantity: number, solution: SolvedChallenge | null) =>
    request<JoinAnswer>(entryOf(saleId), {
      method: "POST",
      body: { quantity, language: locale, ...(solution && { solution }) },
    }),
  leave: (saleId: SaleId) => request<undefined>(entryOf(saleId), { method: "DELETE" }),
};
