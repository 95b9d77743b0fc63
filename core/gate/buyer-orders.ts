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

const ORDER = /^([^,;]+),(\d+),(\d+),([^,;]+)(?:,(\d+),(\d+))?$/;

/** Reads what `buyerOrdersText` or the scripts wrote. @throws Error on anything else. */
export const parseBuyerOrders = (text: string): BuyerOrder[] => text.split(";").map(parseOrder);

function parseOrder(text: string): BuyerOrder {
  const [, orderId, quantity, place, keyHash, unitsLeft = quantity, unitsWithheld = "0"] =
    ORDER.exec(text) ?? [];
  const order = {
    orderId: orderId as OrderId,
    quantity: Number(quantity),
    place: Number(place),
    keyHash: keyHash ?? "",
    unitsLeft: Number(unitsLeft),
    unitsWithheld: Number(unitsWithheld),
  };
  if (orderId === undefined || order.unitsLeft + order.unitsWithheld > order.quantity)
    throw new Error(`the gate holds an order that nobody can read: ${text}`);
  return order;
}
