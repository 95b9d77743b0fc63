import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { gateOn } from "../../tests/gate/test-gate.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { testRedis } from "../../tests/support/test-redis.ts";
import { aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { newSaleId, type SaleId } from "../ids.ts";
import { LATELY_MS } from "../sale/current-sales.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import { currentStatuses, PAST_SALES_A_PAGE, pastStatuses } from "./sale-lists.ts";

const stores = await testStores();
const saleRecords = createSaleRecords(testTables(stores.dynamoEndpoint), stores.ledgerTable);
const { gate } = gateOn(testRedis(stores));
const deps = { saleRecords, gate };

const LONG_CLOSED = { state: "ended", closedAtMs: NOW_MS - LATELY_MS } as const;
const PAST_SALES = PAST_SALES_A_PAGE * 2 + 3;
let madeAtMs = NOW_MS;

async function put(settings: Parameters<typeof aSale>[0]): Promise<SaleId> {
  const sale = aSale({ saleId: newSaleId(madeAtMs++), ...settings });
  await saleRecords.put(sale);
  return sale.saleId;
}

test("the list has what is not past, its pages the rest, newest first, and each sale is in just one of them", async () => {
  const past: SaleId[] = [];
  for (let i = 0; i < PAST_SALES; i++) past.push(await put(LONG_CLOSED));
  const current = [
    await put({ endsAtMs: null }),
    await put({ state: "ended", closedAtMs: NOW_MS - LATELY_MS + 1 }),
  ];
  past.push(await put(LONG_CLOSED));
  await put({ ...LONG_CLOSED, currency: TEST_CURRENCY });
  await put({ currency: TEST_CURRENCY });
  await put({ visibility: "unlisted" });
  await put({ ...LONG_CLOSED, visibility: "retired" });

  const listed = await currentStatuses(deps, NOW_MS);
  expect(listed.map(({ saleId }) => saleId)).toEqual(current);

  const found: SaleId[] = [];
  let before: SaleId | "newest" | null = "newest";
  while (before !== null) {
    const page: Awaited<ReturnType<typeof pastStatuses>> = await pastStatuses(deps, before, NOW_MS);
    expect(page.sales.length).toBeLessThanOrEqual(PAST_SALES_A_PAGE);
    expect(page.sales.every(({ phase }) => phase === "ended")).toBe(true);
    found.push(...page.sales.map(({ saleId }) => saleId));
    before = page.next;
  }
  expect(found).toEqual(past.toReversed());
});
