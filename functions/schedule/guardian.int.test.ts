import { expect, test } from "vitest";
import type { SaleWatch } from "../../core/contract/admin.ts";
import { schedules } from "../../core/topology.ts";
import { createSale } from "../../load/create-sale.ts";
import { localSession } from "../../load/local-session.ts";
import { testCloud } from "../../tests/support/cloud.ts";

const { guardian } = schedules;
const cloud = await testCloud();
const { token } = localSession("viewer");

test("where no sale is near, a scheduled run looks once at each and returns: an idle stage pays for a second a minute", async () => {
  const startsAt = new Date(Date.now() + 86_400_000).toISOString();
  const saleId = await createSale(cloud.apiUrl, { name: "Lamp", allocated: 1, startsAt });
  const startedMs = performance.now();
  await cloud.runner.invoke(guardian, {});
  expect(performance.now() - startedMs).toBeLessThan(guardian.idleSeconds * 5_000);
  const headers = { authorization: `Bearer ${token}` };
  const watched = await fetch(`${cloud.apiUrl}/api/admin/sales/${saleId}`, { headers });
  const { lastComparison } = (await watched.json()) as SaleWatch;
  expect(lastComparison).toMatchObject({ driftUnits: 0 });
});
