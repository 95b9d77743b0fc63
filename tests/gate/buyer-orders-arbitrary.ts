import * as fc from "fast-check";
import type { BuyerOrder } from "../../core/gate/buyer-orders.ts";
import type { OrderId } from "../../core/ids.ts";

const base64url = fc.constantFrom(...Array.from("ABCXYZabcxyz0189-_"));
const crockford = fc.constantFrom(...Array.from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"));

const order: fc.Arbitrary<BuyerOrder> = fc
  .record({
    orderId: fc
      .string({ unit: crockford, minLength: 26, maxLength: 26 })
      .map((ulid) => `ord_${ulid}` as OrderId),
    quantity: fc.integer({ min: 1, max: 100 }),
    place: fc.integer({ min: 1, max: 10_000_000 }),
    keyHash: fc.string({ unit: base64url, minLength: 16, maxLength: 16 }),
    back: fc.nat(100),
    withheld: fc.nat(100),
  })
  .map(({ back, withheld, ...rest }) => {
    const cameBack = back % (rest.quantity + 1);
    return { ...rest, unitsLeft: rest.quantity - cameBack, unitsWithheld: withheld % (cameBack + 1) };
  });

/** Orders of one buyer, as the gate may hold them. */
export const someOrders = fc.array(order, { minLength: 1, maxLength: 6 });
