import { randomUUID } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CreateSaleRequest } from "../../core/contract/admin.ts";
import { callApi } from "../call-api.ts";
import { callUntilAnswered } from "../call-until-answered.ts";
import { OPERATOR_EMAIL } from "../environment.ts";
import { signIn } from "../sign-in.ts";
import { SOLD_OUT_UNITS, demonstrationSales } from "./demonstration-sales.ts";

type At = { readonly apiUrl: string; readonly mailboxUrl: string };
type CreatedSale = { readonly saleId: string; readonly name: string };

/**
 * Creates the demonstration sales through the API, as the operator, once per data folder; answers whether it did.
 *
 * A seeding that was cut short goes on where it stopped: a sale is known by its name, a buyer by their e-mail.
 */
export async function seedSales(cloud: At, dataDir: string): Promise<boolean> {
  const stampFile = join(dataDir, "seeded.json");
  if (existsSync(stampFile)) return false;
  const { apiUrl } = cloud;
  const token = await signIn(cloud, OPERATOR_EMAIL);

  async function find(name: string): Promise<CreatedSale | undefined> {
    const route = `GET /api/admin/sales?search=${encodeURIComponent(name)}`;
    const { sales } = await callApi<{ sales: CreatedSale[] }>(apiUrl, route, { token });
    return sales.find((sale) => sale.name === name);
  }

  const create = async (body: CreateSaleRequest): Promise<CreatedSale> =>
    (await find(body.name)) ??
    callUntilAnswered<CreatedSale>(apiUrl, "POST /api/admin/sales", {
      body,
      token,
      idempotencyKey: randomUUID(),
    });

  const { open, soon, paid, soldOut, draft } = demonstrationSales(Date.now());
  const created = [await create(draft), await create(open), await create(soon), await create(paid)];
  const bought = await create(soldOut);
  const buyers = Array.from({ length: SOLD_OUT_UNITS }, (_, index) => `buyer-${index + 1}@example.com`);
  await Promise.all(buyers.map((email) => buy(cloud, email, bought.saleId)));
  writeFileSync(stampFile, JSON.stringify([...created, bought].map((sale) => sale.saleId)));
  return true;
}

async function buy(cloud: At, email: string, saleId: string): Promise<void> {
  const token = await signIn(cloud, email);
  const call = { body: { saleId }, token, idempotencyKey: randomUUID() };
  await callUntilAnswered(cloud.apiUrl, "POST /api/sale/purchase", call);
}
