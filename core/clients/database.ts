import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { Database } from "../postgres/database.ts";
import type { Kysely } from "kysely";

export const databaseClient = (config: Config<"DATABASE_URL">): Promise<Kysely<Database>> =>
  once("database", async () => {
    const { connectDatabase } = await import("../postgres/connect.postgres.ts");
    const db = connectDatabase(config.DATABASE_URL);
    return { client: db, close: () => db.destroy() };
  });
