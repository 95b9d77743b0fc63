import { loadConfig } from "../../core/config.ts";
import { migrate } from "../../core/postgres/migrate.ts";

const config = loadConfig(["DATABASE_OWNER_URL", "DATABASE_URL"]);

/** Runs in the middle of a deploy, before new code serves. Answers the newest migration; failing, it ends the deploy. */
export const handler = (): Promise<string> => migrate(config.DATABASE_OWNER_URL, config.DATABASE_URL);
