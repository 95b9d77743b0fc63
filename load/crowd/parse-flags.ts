import { type SaleId, saleIdPattern } from "../../core/ids.ts";
import { LocalError } from "../../local/local-error.ts";
import { readFlags, seedFlag, wholeFlag } from "../flags.ts";
import type { CrowdSize } from "./prepare-attempts.ts";

export type CrowdFlags = CrowdSize & {
  readonly units: number;
  /** One that is there already; absent: a new one of so many units. */
  readonly saleId: SaleId | undefined;
  readonly connections: number;
  /** Of a local API that runs already; absent: a cloud of its own. */
  readonly url: string | undefined;
  /** No sale goes before the one that is measured. */
  readonly isCold: boolean;
  /** The data folder of that API. */
  readonly dataDir: string;
  /** The sale is paid for, by a cloud of its own. */
  readonly isPaid: boolean;
  /** A receiver of webhooks listens that fails half of the time, in a cloud of its own. */
  readonly hasWebhooks: boolean;
  readonly wantsHelp: boolean;
};

export const helpText = `npm run crowd -- [flags]

Sends a crowd to one sale and judges it by exact counts over gate, ledger, PostgreSQL and every answer given.

  --buyers N       people who want one unit each (default 10000)
  --units N        units of the sale (default 1000)
  --sale ID        a sale of that API made beforehand, such as in the console, and not sold from yet; goes with --url
  --connections N  keep-alive connections (default 64)
  --twice SHARE    share of the requests sent twice at the same time (default 0.33)
  --seed N         chooses which; the same seed, the same choice (default: a new one, printed)
  --cold           measure the first sale of processes that have just started; default: a cloud of its own sells another sale
                   of 1000 units first, since a process compiles what it runs
  --url URL        use the API that \`npm start\` runs, such as http://127.0.0.1:4000; default: a local cloud of its own
  --data DIR       data folder of that \`npm start\` (default .local)
  --paid           the sale is paid for: a third never pays, others are declined first or pay in the last second, the
                   provider's messages come twice and shuffled; of those who paid a tenth withdraws, and a twentieth is
                   refunded a unit by an operator. Every tenth buyer wants two units. A tenth of those who were told that
                   all is sold out try again, and buy what came back. Judged by the provider's own books.
                   A cloud of its own
  --webhooks       a shop listens to webhooks, fails half of the time, and must have been told of every order and step of the
                   sale, each once by its id and in order. A cloud of its own
  --help           this text`;

/** Reads the flags of `npm run crowd`. */
export function parseFlags(args: readonly string[]): CrowdFlags {
  const values = readFlags("crowd", args, {
    buyers: { type: "string", default: "10000" },
    units: { type: "string", default: "1000" },
    connections: { type: "string", default: "64" },
    twice: { type: "string", default: "0.33" },
    seed: { type: "string" },
    sale: { type: "string" },
    cold: { type: "boolean", default: false },
    url: { type: "string" },
    data: { type: "string", default: ".local" },
    paid: { type: "boolean", default: false },
    webhooks: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  const twice = Number(values.twice);
  if (!(twice >= 0 && twice <= 1))
    throw new LocalError(`--twice must be a share from 0 to 1, not "${values.twice}".`);
  return {
    buyers: wholeFlag("buyers", values.buyers, 1),
    units: wholeFlag("units", values.units, 1),
    saleId: saleFlag(values.sale, values.url),
    connections: wholeFlag("connections", values.connections, 1),
    twice,
    seed: seedFlag(values.seed),
    isCold: coldFlag(values.cold, values),
    url: values.url,
    dataDir: values.data,
    isPaid: paidFlag(values.paid, values.url),
    hasWebhooks: webhooksFlag(values.webhooks, values.url, values.paid),
    wantsHelp: values.help,
  };
}

function coldFlag(
  isCold: boolean,
  {
    url,
    paid,
    webhooks,
  }: { readonly url?: string | undefined; readonly paid: boolean; readonly webhooks: boolean },
): boolean {
  if (isCold && (url !== undefined || paid || webhooks))
    throw new LocalError(
      "--cold goes with none of --url, --paid and --webhooks: no sale goes before theirs.",
    );
  return isCold;
}

function paidFlag(isPaid: boolean, url: string | undefined): boolean {
  if (isPaid && url !== undefined)
    throw new LocalError("--paid takes no --url: it judges by the books of a provider of its own.");
  return isPaid;
}

function webhooksFlag(hasWebhooks: boolean, url: string | undefined, isPaid: boolean): boolean {
  if (hasWebhooks && (url !== undefined || isPaid))
    throw new LocalError(
      "--webhooks goes with neither --url nor --paid: it has a cloud and a sale of its own.",
    );
  return hasWebhooks;
}

function saleFlag(sale: string | undefined, url: string | undefined): SaleId | undefined {
  if (sale === undefined) return undefined;
  if (!saleIdPattern.test(sale)) throw new LocalError(`--sale must be the id of a sale, not "${sale}".`);
  if (url === undefined) throw new LocalError("--sale needs --url: a cloud of its own has no sale yet.");
  return sale as SaleId;
}
