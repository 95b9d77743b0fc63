import { userInfo } from "node:os";
import { closeClients } from "../core/opened.ts";
import { operate, OPERATIONS } from "./operations/operate.ts";
import { UsageError } from "./operations/operation.ts";
import { operationDependencies } from "./operations/operation-dependencies.ts";
import { isStoreSilent } from "../core/store-errors.ts";
import { functionEnvironment } from "../local/environment.ts";
import { readPublishedAddresses } from "../local/published-addresses.ts";

const HELP = `npm run ops -- <operation> [--data DIR] [--by NAME]

${OPERATIONS}

What changes something is in the audit log under NAME, which is your account's name on this machine if you give none.

Works on the stores that the environment names (REDIS_URL and so on, see core/config.ts), else on the local cloud that
\`npm start\` runs with its data in DIR (.local). In a deployed stage, invoke the Operations function instead:
docs/runbook.md shows how.`;

function environmentOf(dataDir: string): Record<string, string> | null {
  if (process.env["REDIS_URL"]) return {};
  const addresses = readPublishedAddresses(dataDir);
  return addresses && functionEnvironment(addresses, addresses);
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const option = (name: string) => {
    const at = words.indexOf(name);
    return at >= 0 ? words.splice(at, 2)[1] : undefined;
  };
  const dataDir = option("--data") ?? ".local";
  const by = option("--by") ?? userInfo().username;
  if (words.length === 0 || words.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  const environment = environmentOf(dataDir);
  if (!environment) {
    console.error(
      `No local cloud has its data in ${dataDir}: run \`npm start\` first, or set REDIS_URL and the others.`,
    );
    return 1;
  }
  Object.assign(process.env, environment);
  try {
    const { isWell, output } = await operate(await operationDependencies(), words, by);
    console.log(output);
    return isWell ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) console.error(error.message);
    else if (isStoreSilent(error))
      console.error(`A store does not answer: is the cloud with its data in ${dataDir} running?`);
    else console.error(error);
    return 1;
  } finally {
    await closeClients();
  }
}

process.exitCode = await main();
