import type { RefusalKind } from "../../src/features/purchase/purchase-state.ts";
import type { FaceKind } from "../../src/features/sale/face-kind.ts";
import { dress, faceLooks, type FaceText, type FaceWords } from "../looks.ts";
import type { Phase } from "../../../core/contract/sale.ts";

const english: Record<FaceKind, FaceWords> = {
  loading: {
    chip: "Checking",
    heading: "Checking the sale",
    body: "One moment.",
  },
  unreachable: {
    chip: "No connection",
    heading: "We cannot reach the sale just now",
    body: "This says nothing about the stock. We keep asking, and this page goes on by itself.",
  },
  not_found: {
    chip: "Not found",
    heading: "There is no sale at this address",
    body: "The link may be incomplete. All current sales are on the first page.",
  },
  scheduled: {
    chip: "Upcoming",
    heading: "Opens soon",
    body: "It opens for everyone at the same moment, by the server's clock.",
  },
  opening: {
    chip: "Opening",
    heading: "Opening now",
    body: "The button appears in a moment.",
  },
  open: {
    chip: "Open now",
    heading: "The sale is open",
    body: "Your request has a number of its own, so it can never count twice.",
  },
  sold_out: {
    chip: "Sold out",
    heading: "Sold out",
    body: "Should a unit come back, this page shows it by itself.",
  },
  paused: {
    chip: "Paused",
    heading: "The sale is paused",
    body: "The merchant has stopped selling for now. This page goes on by itself when the sale does.",
  },
  recovering: {
    chip: "Checking",
    heading: "The sale is checking its records",
    body: "We are counting, so that every unit is sold exactly once. This does not mean sold out; it goes on by itself.",
  },
  ended: {
    chip: "Ended",
    heading: "The sale has ended",
    body: "Nothing more is sold here.",
  },
  submitting: {
    chip: "Sending",
    heading: "Sending your request",
    body: "Reloading the page does not lose it and does not buy twice.",
  },
  checking: {
    chip: "Checking",
    heading: "We do not know yet: checking your order",
    body: "No clear answer came back. We keep asking with the same request, which can never buy twice. You need not do anything.",
  },
  rate_limited: {
    chip: "Waiting",
    heading: "A short wait",
    body: "Many requests came from you in a few seconds. Yours goes on by itself; you need not do anything.",
  },
  purchase_paused: {
    chip: "Paused",
    heading: "The sale is paused, and your request waits",
    body: "The merchant has stopped selling for now. We ask again by ourselves and buy as soon as the sale goes on.",
  },
  offline: {
    chip: "Offline",
    heading: "You are offline",
    body: "We do not know yet what became of your request. We check your order as soon as you are back.",
  },
  session_expired: {
    chip: "Sign in",
    heading: "Sign in again to go on",
    body: "Your session has ended. Sign in with the same address, and we check what became of your request.",
  },
  pending: {
    chip: "Checking",
    heading: "We are checking your order",
    body: "The sale is checking its records, and your order with them. Whether it stands is not known yet; this page goes on by itself.",
  },
  accepted: {
    chip: "Accepted",
    heading: "Accepted. We are confirming your order",
    body: "Your request is recorded and cannot be lost any more. You may close this page and come back.",
  },
  held: {
    chip: "To be paid",
    heading: "It is held for you. Pay to make it yours",
    body: "Nobody else can have it until the time below is over. If it is not paid by then, it goes back on sale.",
  },
  authorised: {
    chip: "Paid",
    heading: "Your payment is authorised. We are confirming your order",
    body: "You need not do anything more. You may close this page and come back.",
  },
  expired: {
    chip: "Expired",
    heading: "Your time to pay is over",
    body: "Its units went back on sale. You were charged nothing.",
  },
  cancelled: {
    chip: "Cancelled",
    heading: "This order was cancelled",
    body: "Its units went back on sale. You were charged nothing.",
  },
  failed: {
    chip: "Not paid",
    heading: "The payment did not go through",
    body: "Your bank agreed at first, but the money could not be taken. You were charged nothing, and the order has ended.",
  },
  confirmed: {
    chip: "Confirmed",
    heading: "It is yours",
    body: "Your order is confirmed.",
  },
  already_bought: {
    chip: "Yours already",
    heading: "You have yours already",
    body: "You reached this sale's limit for one person. This is your order.",
  },
  rejected: {
    chip: "Rejected",
    heading: "Your order was rejected",
    body: "It could not be entered in the merchant's records. The operators have been told.",
  },
  returned: {
    chip: "Returned",
    heading: "This order has ended",
    body: "All of its units went back: none of them is yours any more.",
  },
  refunded: {
    chip: "Paid back",
    heading: "This order was paid back",
    body: "All of its units went back, and so did your money: the way you paid.",
  },
  not_open: {
    chip: "Not open yet",
    heading: "The sale was not open yet",
    body: "Your request came a moment too early, and nothing was bought. The button comes back as soon as the sale opens.",
  },
  not_your_turn: {
    chip: "Not your turn",
    heading: "It was not your turn",
    body: "Nothing was bought. Your place in the line stays as it is, and this page goes on to it by itself.",
  },
  too_few: {
    chip: "Fewer left",
    heading: "Fewer units are left than you asked for",
    body: "Nothing was bought. Choose a smaller quantity, as long as there are any.",
  },
  refused: {
    chip: "Refused",
    heading: "This request was refused",
    body: "The server did not accept it. Reload the page to begin again.",
  },
};

export const faces = dress(faceLooks, english);

export const phases: Record<Phase, Pick<FaceText, "chip" | "icon" | "tone">> = {
  scheduled: faces.scheduled,
  open: faces.open,
  sold_out: faces.sold_out,
  paused: faces.paused,
  recovering: faces.recovering,
  ended: faces.ended,
};

export const refusals: Partial<Record<RefusalKind, string>> = {
  key_reused:
    "This request differs from the one that was sent before. We are looking for your earlier order.",
  conflict:
    "Nothing was bought by it. You have had as many orders in this sale as it takes from one person, those that ended included.",
};

/** Why the merchant's records did not take an order, by the reason that the API gives. */
export const rejections: Readonly<Record<string, string>> = {
  over_purchase_limit: "You have as many units of this sale as one person may buy, in an earlier order.",
  beyond_allocation: "Your request was counted after the last unit had gone to somebody before you.",
  stale_epoch: "The sale checked its records while your request was on its way, and no unit was left for it.",
  conflicting_order: "The records hold a different order under this number; the operators will look at it.",
};

/** Of an order that is not all the buyer's any more. */
export const partly = {
  units: (left: string, quantity: string) => `${left} of ${quantity}`,
  takenBack: (units: string) =>
    units === "1" ? "One unit of it went back." : `${units} units of it went back.`,
};
