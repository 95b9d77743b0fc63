import type { OrderId } from "../ids.ts";

/** An order as the gate's buyers hash holds it. */
export type BuyerOrder = {
  readonly orderId: OrderId;
  readonly quantity: number;
  readonly place: number;
  readonly keyHash: string;
  /** Of the quantity, what the buyer has. */
  readonly unitsLeft: number;
  /** Of the quantity, what came back and was taken off sale. */
  readonly unitsWithheld: number;
};

/**
 * A buyer's orders as text; `lib/orders.lua` reads and writes the same: `orderId,quantity,place,keyHash` joined by `;`, and
 * `,unitsLeft,unitsWithheld` behind it once units came back.
 */
export const buyerOrdersText = (orders: readonly BuyerOrder[]): string => orders.map(orderText).join(";");

function orderText({ orderId, quantity, place, keyHash, unitsLeft, unitsWithheld }: BuyerOrder): string {
  const text = `${orderId},${quantity},${place},${keyHash}`;
  return unitsLeft === quantity ? text : `${text},${unitsLeft},${unitsWithheld}`;
}

/** Reads what `buyerOrdersText` or the scripts wrote. @throws Error on anything else. */
export function parseBuyerOrders(text: string): BuyerOrder[] {
  return text.split(";").map((order) => {
    const [orderId = "", quantity, place, keyHash = "", unitsLeft = quantity, unitsWithheld = "0", ...more] =
      order.split(",");
    const numbers = [quantity, place, unitsLeft, unitsWithheld].map(Number);
    if (orderId === "" || keyHash === "" || more.length > 0 || !numbers.every(Number.isInteger))
      throw new Error(`the gate holds an order that nobody can read: ${order}`);
    const [units = 0, placed = 0, left = 0, withheld = 0] = numbers;
    return {
      orderId: orderId as OrderId,
      quantity: units,
      place: placed,
      keyHash,
      unitsLeft: left,
      unitsWithheld: withheld,
    };
  });
}
