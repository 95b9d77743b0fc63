import { expect, test } from "vitest";
import { loadConfig } from "../core/config.ts";
import { functionsUrl } from "./functions-url.ts";
import { POSTGRES_PASSWORD } from "./stores/postgres-folder.ts";

const owner = `postgres://postgres:${POSTGRES_PASSWORD}@127.0.0.1:5432/flash_sale?sslmode=disable`;

test("it names the same database as another user, whose password differs by that of the owner", () => {
  const url = new URL(functionsUrl(owner));
  expect([url.username, url.host, url.pathname, url.search]).toEqual([
    "flash_sale_functions",
    "127.0.0.1:5432",
    "/flash_sale",
    "?sslmode=disable",
  ]);
  expect(url.password).toMatch(/^[\w-]{43}$/);
  expect(functionsUrl(owner)).toBe(url.href);
  expect(new URL(functionsUrl(owner.replace(POSTGRES_PASSWORD, "other"))).password).not.toBe(url.password);
});

const load = (url: string) => loadConfig(["DATABASE_URL"], { STAGE: "dev", DATABASE_URL: url });

test("`npm run dev` may hand it to functions of a dev stage, which refuse the local owner's password", () => {
  expect(() => load(owner)).toThrow("DATABASE_URL is the default for local use");
  expect(load(functionsUrl(owner)).DATABASE_URL).toBe(functionsUrl(owner));
});
