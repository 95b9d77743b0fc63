import type { SQSBatchResponse } from "aws-lambda";
import { expect, test } from "vitest";
import { createLedger } from "../../core/reservation/ledger.dynamo.ts";
import { consumers } from "../../core/topology.ts";
import { testCloud } from "../../tests/support/cloud.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";

const cloud = await testCloud({ trigger: false });
const { insert, soldOf } = testOrders(cloud.databaseUrl);
const ledger = createLedger(testTables(cloud.dynamoEndpoint), cloud.ledgerTable);

const consume = (bodies: readonly string[]) => {
  const Records = bodies.map((body, position) => ({ messageId: `message-${position}`, body }));
  return cloud.runner.invoke(consumers.orderConsumer, { Records }) as Promise<SQSBatchResponse>;
};

test("a message that cannot be taken is told by its own id, at each position of a batch", async () => {
  for (let position = 0; position < 5; position++) {
    const { saleId: soldId } = await insert();
    const [unknownSale, tooMany] = [aReservation(), aReservation({ saleId: soldId, quantity: 2 ** 31 })];
    for (const bad of ["{", JSON.stringify(unknownSale), JSON.stringify(tooMany)]) {
      const { saleId } = await insert();
      const bodies = Array.from({ length: 4 }, () => JSON.stringify(aReservation({ saleId })));
      const { batchItemFailures } = await consume(bodies.toSpliced(position, 0, bad));
      expect(batchItemFailures).toEqual([{ itemIdentifier: `message-${position}` }]);
      expect(await soldOf(saleId)).toBe(4);
    }
  }
});

test("a batch without fault has no failures, and a batch of nothing neither", async () => {
  const { saleId } = await insert();
  const reservation = aReservation({ saleId });
  await ledger.put(reservation);
  expect(await consume([JSON.stringify(reservation)])).toEqual({ batchItemFailures: [] });
  expect(await ledger.get(reservation.orderId, reservation.buyerId)).toMatchObject({
    state: { kind: "confirmed" },
  });
  expect(await consume([])).toEqual({ batchItemFailures: [] });
});
