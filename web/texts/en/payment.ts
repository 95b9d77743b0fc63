/** Of an order that is paid for: what its page says while it is held, on the way to the provider's page, and back. */
export const payment = {
  name: "Payment",
  pay: "Pay now",
  payAgain: "Go to the payment page",
  cancel: "Give it up",
  cancelNow: "Yes, give it up",
  cancelling: "Giving it up",
  opening: "Opening the payment page",
  timeLeft: "left to pay",
  heldUntil: "Held until",
  soon: "Less than a minute left to pay.",
  /** Instead of the face of a held order, from when its time is over until it is known what came of it. */
  due: {
    chip: "Checking",
    heading: "The time to pay is over. We are checking whether it was paid",
    body: "We are asking the payment provider; this page goes on by itself. Was it paid in time, it is yours; if not, you are charged nothing.",
  },
  notOpened:
    "The payment page could not be opened just now. We do not know yet whether a payment went through; your order will say. Try again in a moment; your units are held until the time shown.",
  notCancelled: "That is not known yet. Look again in a moment.",
  tooLate: "The time to pay is over. If a payment went through in the last moment, your order will say so.",
  tooOften: "The payment page was opened too often for this order. Your order says what came of it.",
  askCancel: "Give this order up? Its units go back on sale at once.",
  toPayment: {
    heading: "On to the payment",
    body: "The payment page is the provider's own. Your units stay held until the time on your order.",
    link: "Go to the payment page",
  },
  backToOrder: {
    heading: "Back to your order",
    body: "We are asking the payment provider. Your order says what comes of it.",
    link: "Go to your order",
  },
};
