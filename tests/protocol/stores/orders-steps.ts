import * as fc from "fast-check";

const does = <const Does extends string>(name: Does) => fc.constant(name);
const order = fc.nat(5);
const epoch = fc.integer({ min: 1, max: 3 });
const fence = fc.nat(2);

/** What happens to a sale's orders in PostgreSQL; orders, wishes and epochs are few, so that they meet again. */
const ordersStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: does("record"), order, countedIn: fc.option(epoch, { nil: undefined }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: does("reject"), order, refusedIn: epoch }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: does("wish"),
      order,
      wish: fc.nat(3),
      units: fc.integer({ min: 1, max: 2 }),
      isWithheld: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: does("begin_epoch"), fence }) },
  { weight: 1, arbitrary: fc.record({ does: does("serve_epoch"), epoch, fence }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: does("store"),
      allocated: fc.integer({ min: 1, max: 6 }),
      purchaseLimit: fc.integer({ min: 2, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: does("close"), isOld: fc.boolean() }) },
);

export type OrdersStep = typeof ordersStep extends fc.Arbitrary<infer Value> ? Value : never;
export const ordersSteps = fc.array(ordersStep, { maxLength: 25, size: "max" });
