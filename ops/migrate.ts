// `npm run db:migrate`: brings a database to the newest schema.
import { parseArgs } from "node:util";
import { migrate } from "../core/postgres/migrate.ts";
import { functionsUrl } from "../local/functions-url.ts";
import { readPublishedAddresses } from "../local/published-addresses.ts";

try {
  const { values } = parseArgs({ options: { data: { type: "string", default: ".local" } } });
  const url = process.env["DATABASE_URL"] ?? readPublishedAddresses(values.data)?.databaseUrl;
  if (!url)
    throw new Error(
      `No local cloud has its data in ${values.data}: run \`npm start\` first, or set DATABASE_URL to the address of the database as its owner.`,
    );
  console.log(`The schema is at ${await migrate(url, functionsUrl(url))}.`);
} catch (error) {
  const { message, cause } = error as Error;
  console.error(cause instanceof Error ? `${message}: ${cause.message}` : message);
  process.exitCode = 1;
}
