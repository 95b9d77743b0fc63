import type { MerchantEvent } from "../../core/contract/events.ts";
import type { TakenEvent } from "./receiver.ts";

/** The order, or else the sale, that an event is about. */
const subjectOf = ({ orderId, saleId }: Readonly<Record<string, unknown>>) => String(orderId ?? saleId);

/**
 * What is wrong between the feed of a sale and what a receiver has taken of it, each in a few words: each event once, no
 * other, with the same words in it, and those of one order or sale in the feed's order.
 */
export function judgeWebhooks(feed: readonly MerchantEvent[], taken: readonly TakenEvent[]): string[] {
  const wrong: string[] = [];
  const known = new Map(feed.map((event) => [event.id, event]));
  const counts = Map.groupBy(taken, ({ id }) => id);
  for (const { id, type } of feed) if (!counts.has(id)) wrong.push(`${id} (${type}) never came`);
  for (const [id, all] of counts) {
    const event = known.get(id);
    if (!event) wrong.push(`${id} came and never happened`);
    else if (all.length > 1) wrong.push(`${id} was taken ${all.length} times`);
    else if (
      all[0]!.event.type !== event.type ||
      JSON.stringify(all[0]!.event.data) !== JSON.stringify(event.data)
    )
      wrong.push(`${id} says something else than the feed`);
  }
  const order = new Map(feed.map(({ id }, index) => [id, index]));
  const last = new Map<string, number>();
  for (const { id, event } of taken) {
    const index = order.get(id);
    if (index === undefined) continue;
    const subject = subjectOf(event.data);
    if (index < (last.get(subject) ?? -1)) wrong.push(`${id} came behind a later event of ${subject}`);
    last.set(subject, Math.max(index, last.get(subject) ?? -1));
  }
  return wrong;
}
