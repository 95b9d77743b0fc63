import type {
  BuyerId,
  BuyerOrderPage,
  CodeAnswer,
  Language,
  OrderId,
  OpenedPaymentAnswer,
  OrderList,
  OrderView,
  OwnOrder,
  PastSalePage,
  Preview,
  PurchaseAnswer,
  SaleId,
  SaleList,
  SaleStatus,
  SessionView,
  WithdrawAnswer,
} from "./contract.ts";
import { request } from "./request.ts";

export type Purchase = {
  saleId: SaleId;
  buyerId: BuyerId;
  quantity: number;
  key: string;
  ticket?: string;
  invitation?: string;
};

/** Longer than a purchase takes on a cold start, shorter than a shopper's patience; asking again is safe. */
const PURCHASE_LIMIT_MS = 10_000;
const SIGN_IN_LIMIT_MS = 15_000;
/** The payment provider is asked meanwhile. */
const PAYMENT_LIMIT_MS = 15_000;

const identity = "/api/identity";

export const api = {
  sales: () => request<SaleList>("/api/sales", { isPublic: true }),
  /** A page of past sales, newest first: `newest`, then the `next` of the page before. */
  pastSales: (before: SaleId | "newest") =>
    request<PastSalePage>(`/api/sales/past/${encodeURIComponent(before)}`, { isPublic: true }),
  saleStatus: (saleId: string) =>
    request<SaleStatus>(`/api/sale/status/${encodeURIComponent(saleId)}`, { isPublic: true }),
  preview: (token: string) =>
    request<Preview>("/api/sale/preview", { method: "POST", body: { token }, isPublic: true }),
  purchase: ({ saleId, quantity, key, ticket, invitation }: Purchase) =>
    request<PurchaseAnswer>("/api/sale/purchase", {
      method: "POST",
      body: {
        saleId,
        quantity,
        ...(ticket !== undefined && { ticket }),
        ...(invitation !== undefined && { invitation }),
      },
      headers: { "idempotency-key": key },
      limitMs: PURCHASE_LIMIT_MS,
    }),
  order: (orderId: OrderId) => request<OwnOrder>(`/api/sale/order/${encodeURIComponent(orderId)}`),
  /** Where to pay for a hold; null: there is nothing to pay any more. */
  openPayment: (orderId: OrderId, language: Language) =>
    request<OpenedPaymentAnswer>(`/api/sale/order/${encodeURIComponent(orderId)}/payment`, {
      method: "POST",
      body: { locale: language },
      limitMs: PAYMENT_LIMIT_MS,
    }),
  cancelHold: (orderId: OrderId) =>
    request<{ order: OrderView }>(`/api/sale/order/${encodeURIComponent(orderId)}/hold`, {
      method: "DELETE",
      limitMs: PAYMENT_LIMIT_MS,
    }),
  /** Repeated with its key, it is the same withdrawal. */
  withdraw: (orderId: OrderId, units: number, key: string) =>
    request<WithdrawAnswer>(`/api/sale/order/${encodeURIComponent(orderId)}/withdraw`, {
      method: "POST",
      body: { units },
      headers: { "idempotency-key": key },
    }),
  myOrders: (saleId: SaleId) => request<OrderList>(`/api/sale/my-order/${encodeURIComponent(saleId)}`),
  /** A page of the orders in all sales; `after` is the `next` of the page before. */
  buyerOrders: (after: SaleId | null) =>
    request<BuyerOrderPage>(`/api/orders${after === null ? "" : `?after=${encodeURIComponent(after)}`}`),
  session: () => request<SessionView>(`${identity}/session`),
  requestCode: (email: string, language: Language) =>
    request<CodeAnswer>(`${identity}/code`, {
      method: "POST",
      body: { email, language },
      limitMs: SIGN_IN_LIMIT_MS,
    }),
  signIn: (challenge: string, code: string) =>
    request<SessionView>(`${identity}/session`, {
      method: "POST",
      body: { challenge, code },
      limitMs: SIGN_IN_LIMIT_MS,
    }),
  signOut: () => request<undefined>(`${identity}/session`, { method: "DELETE" }),
};
