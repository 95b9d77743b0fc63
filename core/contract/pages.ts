import type { GenericSchema } from "valibot";
import * as forms from "./forms.ts";

/** A page that is rendered by a function, for people and programs without script. It is told its language by its address. */
export type Page = {
  /** API Gateway's route key: method and path with {parameters}. */
  readonly route: `${"GET" | "POST"} /${"page" | "plain"}/{locale}${string}`;
  readonly summary: string;
  /** Of a page that takes a form; it is refused from anywhere but the site's own pages. */
  readonly form?: GenericSchema;
};

/** Every rendered page, under the name of its function: the local API, the CDN's routes and the stacks are made from it. */
export const pages = {
  salePage: {
    route: "GET /page/{locale}/sale/{saleId}",
    summary:
      "The storefront's page of one sale, with the sale's facts in it; the CDN serves it as /sale/{saleId}",
  },
  plainSales: { route: "GET /plain/{locale}", summary: "The present sales, without script" },
  plainPastSales: {
    route: "GET /plain/{locale}/past/{before}",
    summary: "Past sales page by page, newest first",
  },
  plainSale: {
    route: "GET /plain/{locale}/sale/{saleId}",
    summary: "One sale, and the forms to sign in and buy",
  },
  plainOrder: { route: "GET /plain/{locale}/order/{orderId}", summary: "One order of the signed-in buyer" },
  plainOrders: {
    route: "GET /plain/{locale}/orders",
    summary: "The signed-in buyer's orders in all sales, page by page",
  },
  plainCalendar: {
    route: "GET /plain/{locale}/calendar/{saleId}",
    summary: "A sale's opening as a file for calendars (RFC 5545)",
  },
  plainCode: {
    route: "POST /plain/{locale}/code",
    summary: "Send a sign-in code, and ask for it",
    form: forms.codeForm,
  },
  plainSession: {
    route: "POST /plain/{locale}/session",
    summary: "Exchange the code for a session, and go on",
    form: forms.sessionForm,
  },
  plainOpenId: {
    route: "GET /plain/{locale}/openid",
    summary: "Lead to the merchant's own sign-in",
  },
  plainOpenIdReturn: {
    route: "GET /plain/{locale}/openid/return",
    summary: "Where the merchant's own sign-in leads back to; goes on as a signed-in buyer",
  },
  plainSignOut: {
    route: "POST /plain/{locale}/sign-out",
    summary: "End the session, and go on",
    form: forms.signOutForm,
  },
  plainJoin: {
    route: "POST /plain/{locale}/join",
    summary: "Join the line of a sale, and lead back to the sale",
    form: forms.joinForm,
  },
  plainInvitation: {
    route: "POST /plain/{locale}/invitation",
    summary: "Come to a sale by a code, and lead back to the sale",
    form: forms.invitationForm,
  },
  plainLeave: {
    route: "POST /plain/{locale}/leave",
    summary: "Leave the line of a sale, and lead back to the sale",
    form: forms.leaveForm,
  },
  plainRemind: {
    route: "POST /plain/{locale}/remind",
    summary: "Ask for a mail before a sale opens, or for none, and lead back to the sale",
    form: forms.remindForm,
  },
  plainUnsubscribe: {
    route: "GET /plain/{locale}/unsubscribe/{token}",
    summary: "Where the link in a notice leads: one button stops them",
  },
  plainUnsubscribed: {
    route: "POST /plain/{locale}/unsubscribed",
    summary: "Stop all notices of a buyer by the link in a mail, without a sign-in",
    form: forms.unsubscribeForm,
  },
  plainPayment: {
    route: "POST /plain/{locale}/payment",
    summary: "Open a payment for a hold, and lead to where it is paid",
    form: forms.orderForm,
  },
  plainCancel: {
    route: "POST /plain/{locale}/cancel",
    summary: "Give up a hold, and lead back to the order",
    form: forms.orderForm,
  },
  plainWithdraw: {
    route: "GET /plain/{locale}/order/{orderId}/withdraw",
    summary: "The second step of a withdrawal: what it is about, and the button that confirms it",
  },
  plainWithdrawal: {
    route: "POST /plain/{locale}/withdraw",
    summary: "Withdraw, as POST /api/sale/order/{orderId}/withdraw does, and lead back to the order",
    form: forms.withdrawForm,
  },
  plainReturn: {
    route: "GET /plain/{locale}/return/{orderId}",
    summary: "Where the payment provider's page leads back to; goes on to the order",
  },
  plainPurchase: {
    route: "POST /plain/{locale}/purchase",
    summary: "Buy, as POST /api/sale/purchase does, and lead to the order",
    form: forms.purchaseForm,
  },
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof pages;
