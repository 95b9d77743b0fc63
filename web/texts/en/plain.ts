import type { ProblemKind } from "../../../core/contract/problem.ts";
import type { Phase } from "../../../core/contract/sale.ts";

type Words = { heading: string; body: string };

const checking = "We do not know yet: checking";
const sameRequest = "It is the same request, and can never buy twice.";
const refused = {
  heading: "This request was refused",
  body: "The server did not take its form, and nothing was bought by it. Open the sale's page again and repeat it there.",
};
const notSaid = {
  heading: "We cannot say right now",
  body: "No answer came in time. This says nothing about a sale or an order. Try again in a moment.",
};

/** What each phase means to who reads a page that does not move. */
const phases: Record<Phase, Words> = {
  scheduled: {
    heading: "Not open yet",
    body: "It opens for everyone at the same moment, by the server's clock. Sign in before, and buying takes one click.",
  },
  open: {
    heading: "The sale is open",
    body: "Your request has a number of its own, so it can never count twice.",
  },
  sold_out: {
    heading: "Sold out",
    body: "All units are taken. Should one come back, this page shows it when you look again.",
  },
  paused: {
    heading: "The sale is paused",
    body: "The merchant has stopped selling for now. Look again in a while.",
  },
  recovering: {
    heading: "The sale is checking its records",
    body: "We are counting, so that every unit is sold exactly once. This does not mean sold out. Look again in a moment.",
  },
  ended: { heading: "The sale has ended", body: "Nothing more is sold here." },
};

/** What each refusal means to who has sent a form. */
const problems: Record<ProblemKind, Words> = {
  invalid_request: {
    heading: "Something in the form is not right",
    body: "Nothing was bought by it. Go back, correct what is named here, and send it again.",
  },
  unauthenticated: {
    heading: "Sign in to go on",
    body: "Your session has ended, or your browser did not send it. Sign in with the same address as before.",
  },
  forbidden: {
    heading: "This request was refused",
    body: "It did not come from a page of this site, so nothing was done. Open the sale's page and repeat it there.",
  },
  not_open: {
    heading: "The sale is not open yet",
    body: "Your request came too early, and nothing was bought. Send it again once the sale is open.",
  },
  not_eligible: {
    heading: "This sale is for the guests on its list",
    body: "Nothing was bought and nobody was put in a line.",
  },
  not_your_turn: {
    heading: "It is not your turn",
    body: "This request bought nothing. Your place in the line stays as it is; look at the line again.",
  },
  not_found: {
    heading: "There is nothing at this address",
    body: "The link may be incomplete, or belong to another e-mail address than the one you signed in with.",
  },
  method_not_allowed: refused,
  sold_out: {
    heading: "Sold out",
    body: "All units are taken, and this request bought nothing.",
  },
  ended: {
    heading: "The sale has ended",
    body: "This request bought nothing, and nothing more is sold here.",
  },
  line_closed: {
    heading: "Nobody joins this line any more",
    body: "The list of those who stand in it is closed, and nothing was done by this request.",
  },
  join_unknown: {
    heading: "We do not know whether you have joined",
    body: "Send it again: whoever is in the line already stays there, once.",
  },
  payment_overdue: {
    heading: "The time to pay is over",
    body: "If a payment went through in the last moment, your order will say so. Otherwise its units go back on sale.",
  },
  too_many_payments: {
    heading: "This order takes no further payment page",
    body: "The payment page was opened too often for it. Your order says what came of it; its units go back on sale when the time to pay is over.",
  },
  no_withdrawal: {
    heading: "There is nothing to withdraw from",
    body: "The time for it is over, or the order has ended already. Your order says how it stands.",
  },
  conflict: {
    heading: "This does not go any more",
    body: "Things stand differently now than your page showed, so nothing was done. Open the page again to see how they stand.",
  },
  body_too_large: refused,
  unsupported_media_type: refused,
  key_reused: {
    heading: "This form was sent before, for another quantity",
    body: "The first one stands, and this one changed nothing. The sale's page shows your order.",
  },
  rate_limited: {
    heading: "A short wait",
    body: "Many requests came from you in a few seconds, and this one was not looked at.",
  },
  internal: {
    heading: checking,
    body: "Something broke on our side; the operators have been told. What became of your request is not known yet.",
  },
  paused: {
    heading: "The sale is paused",
    body: "The merchant has stopped selling for now. This says nothing about the stock. You can ask again in a while.",
  },
  recovering: {
    heading: checking,
    body: "The sale is checking its records, so that every unit is sold exactly once. This does not mean sold out.",
  },
  lost: {
    heading: checking,
    body: "The sale is checking its records, so that every unit is sold exactly once. This does not mean sold out.",
  },
  outcome_unknown: {
    heading: checking,
    body: "No clear answer came in time. Your request may be recorded already, or not: ask again, and you will know.",
  },
  unavailable: notSaid,
};

/** What refusals of the kinds `conflict` and `not_found` are said as where more is known. */
const said = {
  too_late_to_remind: {
    heading: "It is too late for a reminder",
    body: "The sale opens within a quarter of an hour, or has begun, so no mail was asked for. Its page shows how long it is until then.",
  },
  everybody_may_come: {
    heading: "You need no code here",
    body: "Everybody may come to this sale now. Go back to its page: nothing else is asked of you.",
  },
  no_line_now: {
    heading: "Nobody waits in line here now",
    body: "Whoever comes first buys what is left. You were not put in a line: go back to the sale, whose page shows whether units are left.",
  },
  no_more_orders: {
    heading: "This sale takes no more orders from you",
    body: "You have had as many as it takes from one person, those that ended included. This request bought nothing.",
  },
  unknown_sale: {
    heading: "There is no such sale",
    body: "The link may be incomplete, or the sale was taken away. Nothing was done.",
  },
} satisfies Record<string, Words>;

/** The words of the pages that work without script, in English. */
export const plain = {
  phases,
  problems,
  said,
  withScript: "The page with countdown and live stock",
  lookAgain: "Look again",
  buyFor: (price: string) => `Buy for ${price}`,
  buyEach: (price: string) => `Buy, ${price} each`,
  noOrders: "This account has no orders. They may belong to another e-mail address.",
  noOrdersHere: "There are none among these sales.",
  olderOrders: "Older orders",
  toSale: "Back to the sale",
  toList: "All sales",
  noSales: "No sale is planned at the moment.",
  pastSales: "Earlier sales",
  morePast: "Earlier still",
  noPastSales: "There are no earlier sales.",
  stock: (available: string, allocated: string) =>
    `${available} of ${allocated} left when this page was made`,
  mayReturn: (held: string) =>
    held === "1"
      ? "One unit is held and not paid for yet: it may come back."
      : `${held} units are held and not paid for yet: they may come back.`,
  fewerLeft: (available: string) => `Fewer units are left than you asked for: ${available}.`,
  opensAt: (moment: string) => `It opens ${moment}.`,
  nowIs: (moment: string) => `By the server's clock it is ${moment}.`,
  askAgain: "Ask again with the same request",
  askAgainAfter: (seconds: string) => `Wait ${seconds} s, then ask again. ${sameRequest}`,
  askAgainThen: sameRequest,
  yourOrders: "Your orders of this sale",
  ordersUnknown:
    "Whether you have an order here already, we cannot say right now. Look again before you buy.",
  alreadyBought: "You have yours already. This is your order.",
  turnBegins: "Your turn begins, about",
  lineSlower:
    "Without script there is no check that you are not a robot. So you come into the slower lane: behind everybody of your list who did the check, and before the next list. The page with script has the check.",
  reminder: {
    what: (at: string) =>
      `One mail to the address that you signed in with, from ${at} on, and nothing else. It has a link that stops such mails.`,
    ask: "Remind me by mail",
    asked: "You get a mail before it opens.",
    stop: "No mail, after all",
  },
  unsubscribe: {
    heading: "Mails that you asked for",
    body: "You asked for mails before sales open. One click stops all of them. Mails about your orders and your place in a line are not among them.",
    stop: "Stop these mails",
    done: "These mails are stopped. You get another only if you ask for one again.",
  },
  waitDependsOn: (why: string) => `What it depends on most: ${why}.`,
  lineRefreshes: {
    soon: "This page asks again by itself every few seconds. You may also close it: your place stays.",
    slowly: "This page asks again by itself every half minute.",
    afterTurn: "This page stays as it is while you choose, and asks again by itself when your turn is over.",
  },
  receipt: {
    name: "Your receipt",
    what: "Keep it: with it you can look for your entry in the published list, on a machine of your own.",
    save: (file: string) => `Save as ${file}`,
    how: "Once your list is closed, this finds your entry, beside the file and the script:",
    script: "The script, verify-fairness.mjs",
    withScript:
      "The page with script keeps the receipt by itself once you are signed in, and the proof page finds your entry by it.",
  },
  orderRefreshes: "This page asks again by itself every few seconds.",
  signedOutHint:
    "Signed in already, and came here by a link? Then look again: your browser did not send it along.",
  codeSentTo: (email: string) => `We sent a code to ${email}. If several mails came, use the newest.`,
  fields: {
    email: "Enter your full e-mail address, such as name@example.com.",
    code: "The code has eight letters and digits.",
    quantity: (limit: string) => `Quantity: at most ${limit}.`,
    other: (name: string) => `The form's field "${name}" is missing or wrong. Open the page again.`,
  },
  openid: {
    done: "You are signed in",
    goOn: "Go on",
    failed: "You are not signed in",
    again: "The sign-in was broken off, or took too long. Begin it again.",
    noEmail:
      "The account that you used has no verified e-mail address, and without one nobody can be told who bought. Verify it there, or sign in with a code.",
    back: "Back",
  },
  codeWrong: "This code is wrong, used, or too old. Check the latest e-mail, or ask for a new code.",
};
