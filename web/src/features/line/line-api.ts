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

type Joined = {
  readonly saleId: SaleId;
  readonly quantity: number;
  /** Null: into the slower lane. */
  readonly solved: SolvedChallenge | null;
  readonly invitation: string | null;
};

export const lineApi = {
  /** The same for everybody, from the CDN. */
  line: (saleId: SaleId) => request<LineView>(of(saleId), { isPublic: true }),
  entry: (saleId: SaleId) => request<EntryList>(entryOf(saleId)),
  challenge: (saleId: SaleId) => request<ChallengeAnswer>(`${of(saleId)}/challenge`),
  join: ({ saleId, quantity, solved, invitation }: Joined) =>
    request<JoinAnswer>(entryOf(saleId), {
      method: "POST",
      body: {
        quantity,
        language: locale,
        ...(solved && { solution: solved }),
        ...(invitation !== null && { invitation }),
      },
    }),
  leave: (saleId: SaleId) => request<undefined>(entryOf(saleId), { method: "DELETE" }),
};
