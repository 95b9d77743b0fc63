import * as admin from "./admin.ts";
import * as adminOrders from "./admin-orders.ts";
import * as audit from "./audit.ts";
import * as beacon from "./beacon.ts";
import * as cancellation from "./cancellation.ts";
import * as challenge from "./challenge.ts";
import * as identity from "./identity.ts";
import * as line from "./line.ts";
import * as orders from "./order.ts";
import * as payment from "./payment.ts";
import * as picture from "./picture.ts";
import * as preflight from "./preflight.ts";
import * as preview from "./preview.ts";
import { purchaseRoute } from "./purchase-route.ts";
import * as reconciliation from "./reconciliation.ts";
import * as rehearsal from "./rehearsal.ts";
import type { Route } from "./route.ts";
import * as sale from "./sale.ts";

/** Every HTTP route, under the name of its function: the OpenAPI document, the local API and the stacks are made from it. */
export const routes = {
  purchase: purchaseRoute,
  saleStatus: {
    route: "GET /api/sale/status/{saleId}",
    summary: "One sale: phase, stock and the server's time",
    answers: { 200: sale.saleStatus, 304: null },
    refusals: ["not_found", "unavailable"],
  },
  listSales: {
    route: "GET /api/sales",
    summary: "The sales that are open, will be, or ended lately",
    answers: { 200: sale.saleList, 304: null },
    refusals: ["unavailable"],
  },
  joinLine: {
    route: "POST /api/sale/{saleId}/line/entry",
    summary: "Join the line of a sale; once for a buyer and list",
    role: "shopper",
    body: line.joinRequest,
    answers: { 201: line.joinAnswer, 200: line.joinAnswer },
    refusals: ["not_found", "conflict", "line_closed", "join_unknown", "unavailable"],
  },
  line: {
    route: "GET /api/sale/{saleId}/line",
    summary: "The line of a sale, the same for everybody",
    answers: { 200: line.lineView },
    refusals: ["not_found", "unavailable"],
  },
  lineEntries: {
    route: "GET /api/sale/{saleId}/line/entry",
    summary: "The signed-in buyer's entries in the line, with their tickets",
    role: "shopper",
    answers: { 200: line.entryList },
    refusals: ["not_found", "unavailable"],
  },
  lineChallenge: {
    route: "GET /api/sale/{saleId}/line/challenge",
    summary: "A puzzle for joining the line: whoever solves it joins lane 0; without it one joins lane 1",
    role: "shopper",
    answers: { 200: challenge.challengeAnswer },
    refusals: ["unavailable"],
  },
  leaveLine: {
    route: "DELETE /api/sale/{saleId}/line/entry",
    summary: "Leave the line; from a list that has closed by a line of the public log",
    role: "shopper",
    answers: { 204: null },
    refusals: ["not_found", "recovering", "unavailable"],
  },
  fairness: {
    route: "GET /api/sale/{saleId}/fairness",
    summary: "What there is of the public files of a line, by which anybody can check it",
    answers: { 200: line.fairnessIndex },
    refusals: ["not_found", "unavailable"],
  },
  fairnessLog: {
    route: "GET /api/sale/{saleId}/fairness/log/{page}",
    summary: "1,000 lines of the log",
    answers: { 200: null },
    files: ["text/plain"],
    refusals: ["invalid_request", "not_found", "unavailable"],
  },
  fairnessList: {
    route: "GET /api/sale/{saleId}/fairness/lists/{list}/{page}",
    summary: "5,000 entries of a list, in the order of their leaves",
    answers: { 200: null },
    files: ["text/plain"],
    refusals: ["invalid_request", "not_found", "unavailable"],
  },
  fairnessOrders: {
    route: "GET /api/sale/{saleId}/fairness/orders/{page}",
    summary: "1,000 orders, by place",
    answers: { 200: null },
    files: ["text/plain"],
    refusals: ["invalid_request", "not_found", "unavailable"],
  },
  pastSales: {
    route: "GET /api/sales/past/{before}",
    summary: "Past sales page by page, newest first: `newest`, then the `next` of the page before",
    answers: { 200: sale.pastSalePage, 304: null },
    refusals: ["invalid_request", "unavailable"],
  },
  preview: {
    route: "POST /api/sale/preview",
    summary: "A sale as shoppers will see it, for whoever has a preview's link",
    body: preview.previewRequest,
    answers: { 200: preview.preview },
    refusals: ["not_found", "unavailable"],
  },
  picture: {
    route: "GET /api/picture/{pictureId}/{rendition}",
    summary: "One rendition of a picture; it never changes",
    answers: { 200: null },
    files: ["image/webp", "image/jpeg"],
    refusals: ["invalid_request", "not_found", "unavailable"],
  },
  order: {
    route: "GET /api/sale/order/{orderId}",
    summary: "One order of the signed-in buyer",
    role: "shopper",
    answers: { 200: orders.ownOrder },
    refusals: ["not_found", "unavailable"],
  },
  openPayment: {
    route: "POST /api/sale/order/{orderId}/payment",
    summary: "Open a payment for a hold, or find the one that is open: where to pay",
    role: "shopper",
    body: payment.openPaymentRequest,
    answers: { 200: payment.openedPayment },
    refusals: ["not_found", "payment_overdue", "too_many_payments", "outcome_unknown", "unavailable"],
  },
  cancelHold: {
    route: "DELETE /api/sale/order/{orderId}/hold",
    summary: "Give up a hold before it is paid for; its units go back on sale",
    role: "shopper",
    answers: { 200: payment.endedHold },
    refusals: ["not_found", "outcome_unknown", "unavailable"],
  },
  withdraw: {
    route: "POST /api/sale/order/{orderId}/withdraw",
    summary:
      "Withdraw from an order of one's own, or from some of its units; it counts from when it was received first",
    role: "shopper",
    body: cancellation.withdrawRequest,
    idempotencyKey: "required",
    answers: { 202: cancellation.withdrawAnswer },
    refusals: ["not_found", "no_withdrawal", "key_reused", "outcome_unknown", "unavailable"],
  },
  paymentWebhook: {
    route: "POST /api/payment/webhook",
    summary: "Takes the payment provider's signed messages; what they are about is read from the provider",
    answers: { 204: null },
    refusals: ["forbidden", "unavailable"],
  },
  myOrders: {
    route: "GET /api/sale/my-order/{saleId}",
    summary: "The signed-in buyer's orders of one sale",
    role: "shopper",
    answers: { 200: orders.orderList },
    refusals: ["unavailable"],
  },
  buyerOrders: {
    route: "GET /api/orders",
    summary: "The signed-in buyer's orders in all sales, page by page",
    role: "shopper",
    query: orders.buyerOrdersQuery,
    answers: { 200: orders.buyerOrderPage },
    refusals: ["unavailable"],
  },
  requestCode: {
    route: "POST /api/identity/code",
    summary: "Send a sign-in code by e-mail",
    body: identity.codeRequest,
    answers: { 202: identity.codeAnswer },
    refusals: ["rate_limited", "forbidden", "unavailable"],
  },
  signIn: {
    route: "POST /api/identity/session",
    summary: "Exchange the code for a session",
    body: identity.signInRequest,
    answers: { 200: identity.session },
    refusals: ["unauthenticated", "forbidden", "unavailable"],
  },
  session: {
    route: "GET /api/identity/session",
    summary: "Who is signed in",
    role: "shopper",
    answers: { 200: identity.session },
    refusals: [],
  },
  signOut: {
    route: "DELETE /api/identity/session",
    summary: "End the session, and forget its cookie",
    answers: { 204: null },
    refusals: ["forbidden", "unavailable"],
  },
  bringSignature: {
    route: "POST /api/beacon/rounds/{round}",
    summary:
      "Bring the beacon's signature of a round that a sale waits for; it proves itself, whoever brings it",
    body: beacon.bringSignatureRequest,
    answers: { 200: beacon.keptSignature },
    refusals: ["not_found", "unavailable"],
  },
  storePicture: {
    route: "POST /api/admin/pictures",
    summary: "Store a picture for sales to name; the same files again are the same picture",
    role: "operator",
    body: picture.storePictureRequest,
    bodyLimitBytes: picture.STORE_PICTURE_LIMIT_BYTES,
    answers: { 201: picture.storedPicture },
    refusals: ["unavailable"],
  },
  createSale: {
    route: "POST /api/admin/sales",
    summary: "Create a sale and load its gate",
    role: "operator",
    body: admin.createSaleRequest,
    idempotencyKey: "required",
    answers: { 201: admin.saleNumbers },
    refusals: ["key_reused", "unavailable"],
  },
  adminSales: {
    route: "GET /api/admin/sales",
    summary: "Sales with their numbers page by page, searched by name or id",
    role: "viewer",
    query: admin.salesQuery,
    answers: { 200: admin.adminSaleList },
    refusals: ["unavailable"],
  },
  saleNumbers: {
    route: "GET /api/admin/sales/{saleId}",
    summary: "One sale's numbers, with those of what works behind it",
    role: "viewer",
    answers: { 200: admin.saleWatch },
    refusals: ["not_found", "unavailable"],
  },
  updateSale: {
    route: "PATCH /api/admin/sales/{saleId}",
    summary: "Change a sale, or who sees it; the allocation never below what is sold",
    role: "operator",
    body: admin.updateSaleRequest,
    answers: { 200: admin.saleNumbers },
    refusals: ["not_found", "conflict", "unavailable"],
  },
  pauseSale: {
    route: "POST /api/admin/sales/{saleId}/pause",
    summary: "Stop selling until resumed",
    role: "operator",
    answers: { 200: admin.saleNumbers },
    refusals: ["not_found", "conflict", "unavailable"],
  },
  resumeSale: {
    route: "POST /api/admin/sales/{saleId}/resume",
    summary: "Sell again after a pause",
    role: "operator",
    answers: { 200: admin.saleNumbers },
    refusals: ["not_found", "conflict", "unavailable"],
  },
  endSale: {
    route: "POST /api/admin/sales/{saleId}/end",
    summary: "End a sale for good",
    role: "operator",
    answers: { 200: admin.saleNumbers },
    refusals: ["not_found", "unavailable"],
  },
  saleLine: {
    route: "GET /api/admin/sales/{saleId}/line",
    summary: "A sale's line, with counts for each list and lane",
    role: "viewer",
    answers: { 200: line.lineNumbers },
    refusals: ["not_found", "unavailable"],
  },
  changeLine: {
    route: "PATCH /api/admin/sales/{saleId}/line",
    summary: "Change pace, cap, pause or message of a line; each change is in its public log",
    role: "operator",
    body: line.changeLineRequest,
    answers: { 200: line.lineNumbers },
    refusals: ["not_found", "conflict", "recovering", "unavailable"],
  },
  checkedLater: {
    route: "GET /api/admin/sales/{saleId}/line/checked-later",
    summary: "How many entries of the line are checked later, and why",
    role: "viewer",
    answers: { 200: line.checkedLater },
    refusals: ["not_found", "unavailable"],
  },
  undoCheckedLater: {
    route: "POST /api/admin/sales/{saleId}/line/checked-later/undo",
    summary:
      "Move entries of the open list back to lane 0, by reason or by mail address; never after the list has closed",
    role: "operator",
    body: line.undoCheckedLaterRequest,
    answers: { 200: line.checkedLater },
    refusals: ["not_found", "conflict", "unavailable"],
  },
  saleOrders: {
    route: "GET /api/admin/sales/{saleId}/orders",
    summary: "A sale's orders page by page, searched by mail address or id, as JSON or CSV",
    role: "viewer",
    query: adminOrders.ordersQuery,
    answers: { 200: adminOrders.orderPage },
    refusals: ["not_found", "unavailable"],
  },
  orderHistory: {
    route: "GET /api/admin/sales/{saleId}/orders/{orderId}",
    summary: "One order of a sale, all that became of it, and what was wished for",
    role: "viewer",
    answers: { 200: cancellation.orderHistory },
    refusals: ["invalid_request", "not_found", "unavailable"],
  },
  cancelOrder: {
    route: "POST /api/admin/sales/{saleId}/orders/{orderId}/cancel",
    summary:
      "Wish to take units of an order back, and give back what was paid for them; what comes of it is in the order's history",
    role: "operator",
    body: cancellation.cancelOrderRequest,
    idempotencyKey: "required",
    answers: { 202: cancellation.cancelOrderAnswer },
    refusals: ["not_found", "key_reused", "unavailable"],
  },
  refundOrder: {
    route: "POST /api/admin/sales/{saleId}/orders/{orderId}/refund",
    summary:
      "Wish to give money of an order back while its units stay, or say what is to become of a refund that failed",
    role: "operator",
    body: cancellation.refundOrderRequest,
    idempotencyKey: "required",
    answers: { 202: cancellation.cancelOrderAnswer },
    refusals: ["not_found", "key_reused", "unavailable"],
  },
  saleAudit: {
    route: "GET /api/admin/sales/{saleId}/audit",
    summary: "Who did what to a sale, newest first",
    role: "viewer",
    answers: { 200: audit.auditLog },
    refusals: ["not_found", "unavailable"],
  },
  salePreflight: {
    route: "GET /api/admin/sales/{saleId}/preflight",
    summary: "Go or no-go for a sale, asked of every store now",
    role: "viewer",
    answers: { 200: preflight.preflightReport },
    refusals: ["not_found", "unavailable"],
  },
  previewLink: {
    route: "POST /api/admin/sales/{saleId}/preview",
    summary: "A link to a sale's page as shoppers will see it, which opens until it ends",
    role: "viewer",
    body: preview.previewLinkRequest,
    answers: { 201: preview.previewLink },
    refusals: ["not_found", "unavailable"],
  },
  saleReconciliation: {
    route: "GET /api/admin/sales/{saleId}/reconciliation",
    summary: "Compare gate, ledger and orders now; as JSON or CSV",
    role: "viewer",
    query: reconciliation.reportQuery,
    answers: { 200: reconciliation.reconciliationReport },
    refusals: ["not_found", "conflict", "recovering", "unavailable"],
  },
  startRehearsal: {
    route: "POST /api/admin/rehearsals",
    summary: "Rehearse a launch: a crowd buys in a hidden sale of its own, which is judged and then removed",
    role: "operator",
    body: rehearsal.startRehearsalRequest,
    idempotencyKey: "required",
    answers: { 202: rehearsal.rehearsal },
    refusals: ["key_reused", "unavailable"],
  },
  listRehearsals: {
    route: "GET /api/admin/rehearsals",
    summary: "The last rehearsals, with what came of them",
    role: "viewer",
    answers: { 200: rehearsal.rehearsalList },
    refusals: ["unavailable"],
  },
  stepRehearsal: {
    route: "POST /api/admin/rehearsals/{rehearsalId}/steps",
    summary: "Take a rehearsal one step on; its own crowd does, and an operator may clear one away",
    role: "operator",
    body: rehearsal.rehearsalStep,
    bodyLimitBytes: rehearsal.REHEARSAL_STEP_LIMIT_BYTES,
    answers: { 200: rehearsal.rehearsal },
    refusals: ["not_found", "conflict", "unavailable"],
  },
  health: { route: "GET /api/health", summary: "The function runs", answers: { 200: null }, refusals: [] },
  ready: {
    route: "GET /api/health/ready",
    summary: "Every store answers",
    answers: { 200: null },
    refusals: ["unavailable"],
  },
  openapi: { route: "GET /api/openapi.json", summary: "This document", answers: { 200: null }, refusals: [] },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
