import type { BuyerId, OrderId } from "../ids.ts";

/** Units that are reserved and not paid for, as the gate lists them. */
export type Hold = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  /** By the gate's clock. */
  readonly dueMs: number;
};

/** A hold's name in the set; lib/holds.lua makes the same. */
export const holdMember = ({ orderId, buyerId }: Pick<Hold, "orderId" | "buyerId">): string =>
  `${orderId}:${buyerId}`;

/** Reads what `holdMember` or the scripts wrote, with its instant. @throws Error on anything else. */
export function parseHold(member: string, dueMs: string): Hold {
  const [orderId, buyerId, ...rest] = member.split(":");
  if (!orderId || !buyerId || rest.length > 0 || !Number.isFinite(Number(dueMs)))
    throw new Error(`the gate holds what nobody can read: ${member} ${dueMs}`);
  return { orderId: orderId as OrderId, buyerId: buyerId as BuyerId, dueMs: Number(dueMs) };
}
