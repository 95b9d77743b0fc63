import { LocalError } from "../local/local-error.ts";
import { publishedAddresses } from "../local/published-addresses.ts";
import type { LoadCloud } from "./load-cloud.ts";

const ANSWER_LIMIT_MS = 3_000;
const REMEDY = "run `npm start` in another terminal, then repeat the command.";

/** The local cloud that `npm start` runs at `url`, wherever it is after a crash and a new start. @throws LocalError if nothing answers there, or it is another one. */
export async function runningCloud(url: string, dataDir: string): Promise<LoadCloud> {
  const { origin } = parseUrl(url);
  await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }).catch(() => {
    throw new LocalError(`Nothing answers at ${origin}: ${REMEDY}`);
  });
  const addresses = publishedAddresses(dataDir);
  const published = addresses();
  if (!published || new URL(published.apiUrl).port !== new URL(origin).port)
    throw new LocalError(
      `${origin} is not the API of the cloud in ${dataDir}, whose stores would be judged: name its folder with --data.`,
    );
  // While it starts again it has no addresses: then the old ones, where nobody answers.
  let last = published;
  return { addresses: () => (last = addresses() ?? last), stop: () => Promise.resolve() };
}

function parseUrl(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed?.protocol === "http:") return parsed;
  throw new LocalError(`"${url}" is no address such as http://127.0.0.1:4000.`);
}
