import { aDraw } from "./draw.ts";
import { someReturns } from "./returns.ts";
import { bindingOf, unitsOf } from "./room.ts";
import type { News, Order, World } from "./world.ts";

/** A line by version 3: its log binds the orders, and says what became of them. */
const settle = (world: World, added: readonly News[]): World => ({
  ...world,
  news: [...world.news, ...added]
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((line) => (line.kind === "rules" ? { ...line, version: 3 } : line)),
});

const endOf = ({ news }: World): number => news.at(-1)!.atMs;

/** The draw by version 3. After its end one unit of the order in place 3 came back, of three. */
export function aSettledDraw(): World {
  const draw = aDraw();
  const { orders } = draw;
  const after = orders.map((order) => (order.place === 3 ? { ...order, unitsLeft: 2 } : order));
  const settled = settle(draw, [
    bindingOf(endOf(draw) - 60_000, orders.slice(0, -1)),
    bindingOf(endOf(draw) + 1_000, orders),
    unitsOf(endOf(draw) + 2_000, orders),
    unitsOf(
      endOf(draw) + 100_000,
      after,
      orders.filter(({ place }) => place === 3),
    ),
  ]);
  return { ...settled, orders: after };
}

/** The returns by version 3. After their end an order came back that had been there before the line, and its money. */
export function someSettledReturns(): World {
  const returns = someReturns();
  const { orders } = returns;
  const [back, refunded] = ["returned", "refunded"].map((state) =>
    orders.map((order): Order => (order.place === 1 ? { ...order, unitsLeft: 0, state } : order)),
  ) as [Order[], Order[]];
  const settled = settle(returns, [
    bindingOf(returns.news[0]!.atMs + 35_000, orders.slice(0, 3)),
    bindingOf(endOf(returns) + 1_000, orders),
    unitsOf(endOf(returns) + 2_000, orders),
    unitsOf(endOf(returns) + 60_000, back, [orders[0]!]),
    unitsOf(endOf(returns) + 90_000, refunded, [back[0]!]),
  ]);
  return { ...settled, orders: refunded };
}
