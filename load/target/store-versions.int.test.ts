import { expect, it } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { storeVersions } from "./store-versions.ts";

const stores = await testStores();

it("names the stores of a local cloud by what they say that they are", async () => {
  const { Redis, Valkey, PostgreSQL } = await storeVersions(stores);
  expect(Redis ?? Valkey).toMatch(/^\d+\.\d+\.\d+$/);
  expect(PostgreSQL).toMatch(/^\d+\.\d+/);
});
