import { faces } from "./faces.ts";

/** The words of pages beside that of a sale, in English. */
export const places = {
  preview: {
    until: (moment: string) => `Only whoever has this link sees it, until ${moment}.`,
    published: "This sale is published: its page in the shop says what holds now.",
    over: "This link is not valid, or its time is over. Ask whoever sent it for a new one.",
    unreachable: "We cannot reach the sale just now. We keep asking.",
    nothing: "This is a preview: nothing was sent, and nothing can be bought.",
  },
  list: {
    empty: "No sale is planned at the moment.",
    unreachable: "We cannot reach the sales just now. We keep asking.",
    noPast: "There are no earlier sales.",
    pastUnreachable: "We cannot reach the earlier sales just now. Try again.",
  },
  order: {
    title: (orderId: string) => `Order ${orderId}`,
    toSale: "Back to the sale",
    faces: {
      sign_in: {
        ...faces.session_expired,
        heading: "Sign in to see your order",
        body: "Use the e-mail address that you bought with.",
      },
      unreachable: {
        ...faces.unreachable,
        heading: "We cannot reach your order just now",
        body: "This says nothing about the order itself. We keep asking.",
      },
      missing: {
        ...faces.not_found,
        heading: "There is no such order under this account",
        body: "It may belong to another e-mail address: sign out, and sign in with that one.",
      },
    },
  },
  orders: {
    notices: {
      loading: "Looking up your orders…",
      sign_in: "Sign in with the address that you bought with, and all your orders are here.",
      empty: "This account has no orders. They may belong to another e-mail address.",
      unreachable:
        "We cannot reach your orders just now. This says nothing about the orders themselves. We keep asking.",
      stale: (time: string) => `As of ${time}: we cannot reach your orders just now, and keep asking.`,
    },
    count: (count: string) => (count === "1" ? "One order." : `${count} orders, newest first.`),
  },
};
