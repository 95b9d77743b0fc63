/**
 * What the merchant's own systems are told, by webhook and by the feed. An order that is paid for was held, then authorised,
 * placed, captured and confirmed; a free one is confirmed. A kind of event that is added later comes under its own name:
 * whoever reads them passes over what they do not know.
 */
export const eventTypes = [
  "order.held",
  "order.authorised",
  "order.placed",
  "order.captured",
  "order.confirmed",
  "order.rejected",
  "order.failed",
  "order.expired",
  "order.cancelled",
  "order.returned",
  "order.withdrawn",
  "order.refund_granted",
  "order.refund_retried",
  "order.refund_settled",
  "order.refunded",
  "order.refund_failed",
  "order.refunded_outside",
  "order.wish_refused",
  "sale.opened",
  "sale.paused",
  "sale.resumed",
  "sale.sold_out",
  "sale.restocked",
  "sale.ended",
  "sale.closed",
] as const;
