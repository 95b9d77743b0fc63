// `npm run db:seed`: the demonstration sales, for a start that was made without them.
import { parseArgs } from "node:util";
import { readPublishedAddresses } from "./published-addresses.ts";
import { seedSales } from "./start/seed-sales.ts";

try {
  const { values } = parseArgs({ options: { data: { type: "string", default: ".local" } } });
  const addresses = readPublishedAddresses(values.data);
  if (!addresses)
    throw new Error(`No local cloud has its data in ${values.data}: run \`npm start -- --no-seed\` first.`);
  const { apiUrl, mailUrl } = addresses;
  const isNew = await seedSales({ apiUrl, mailboxUrl: `${mailUrl}/mailbox` }, values.data);
  console.log(isNew ? "Demonstration sales created." : "The demonstration sales are there already.");
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
