import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aPicture, aSale, FAR_AHEAD_MS } from "../../tests/support/test-sale.ts";
import type { SaleId } from "../ids.ts";
import { recordOrders } from "../orders/record-orders.postgres.ts";
import { beginFirstEpoch, countOrders, findSale, insertSale } from "./sales.postgres.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);

test("a sale comes back as it was inserted", async () => {
  const sales = [
    await insert({
      endsAtMs: FAR_AHEAD_MS,
      state: "paused",
      picture: aPicture,
      translations: { de: { name: "Turnschuh", description: "" } },
    }),
    await insert(),
  ];
  for (const sale of sales) expect(await findSale(db, sale.saleId)).toEqual(sale);
  expect(await findSale(db, aSale().saleId)).toBeNull();
});

test("faces that were kept before there were translations have none", async () => {
  const { saleId } = await insert();
  const face = { name: "Lamp", description: "", picture: null, untilMs: 1 };
  await db
    .updateTable("sales")
    .set({ faces: JSON.stringify([face]) })
    .where("id", "=", saleId)
    .execute();
  expect((await findSale(db, saleId))?.faces).toEqual([{ ...face, translations: {} }]);
});

test("a picture is whole or none: PostgreSQL refuses one that nobody could describe", async () => {
  const { saleId } = await insert({ picture: aPicture });
  const half = db.updateTable("sales").set({ picture_alt: null }).where("id", "=", saleId);
  await expect(half.execute()).rejects.toThrow("sales_picture_whole");
});

test("the first epoch begins once, to one of 20 who ask at once", async () => {
  const sale = await insert({ epoch: 0 });
  const begun = await Promise.all(Array.from({ length: 20 }, () => beginFirstEpoch(db, sale.saleId)));
  expect(begun.filter((begunSale) => begunSale !== null)).toEqual([{ ...sale, epoch: 1 }]);
  expect(await beginFirstEpoch(db, sale.saleId)).toBeNull();
});

test("a creation finds what it made before, and nothing where it asks for something else", async () => {
  const [sale, again] = [aSale(), aSale()];
  const creation = { creationKey: "operator:key-0001", creationHash: "hash" };
  expect(await insertSale(db, sale, creation)).toEqual(sale);
  expect(await insertSale(db, again, creation)).toEqual(sale);
  expect(await insertSale(db, again, { ...creation, creationHash: "other" })).toBeNull();
  expect(await findSale(db, again.saleId)).toBeNull();
});

test("two sales never share the tag under which the ledger keeps their entries", async () => {
  const sale = await insert();
  const twin = aSale({ saleId: `sale_01AAAAAAAAAAAAAAAA${sale.saleId.slice(-8)}` as SaleId });
  await expect(insertSale(db, twin, { creationKey: "twin", creationHash: "hash" })).rejects.toThrow(
    "sales_tag",
  );
});

test("orders are counted row by row, the rejected apart", async () => {
  const { saleId } = await insert({ allocated: 3, purchaseLimit: 2 });
  await recordOrders(
    db,
    [2, 2, 1].map((quantity) => aReservation({ saleId, quantity })),
  );
  expect(await countOrders(db, saleId)).toEqual({ confirmed: 2, rejected: 1, returned: 0, soldUnits: 3 });
  expect(await countOrders(db, aSale().saleId)).toEqual({
    confirmed: 0,
    rejected: 0,
    returned: 0,
    soldUnits: 0,
  });
});
