import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { dirname } from "node:path";
import { BEACON_SCHEME, type BeaconChain } from "../../core/beacon/chain.ts";
import { timeOfRound } from "../../core/beacon/rounds.ts";
import { serveHttp } from "../http-server.ts";
import { type OwnChain, type OwnKey, ownChain } from "./own-chain.ts";

export type Beacon = {
  readonly url: string;
  readonly chain: BeaconChain;
  /** What BEACON_REHEARSAL says of it. */
  readonly rehearsal: string;
  /** Every round comes so much later from now on; 0: each in its time. */
  delay(ms: number): void;
  /** A round's signature whatever the time is, for tests that play a stranger who brings it. */
  sign(round: number): string;
  stop(): Promise<void>;
};

/**
 * Stands in for the relays of drand: gives the rounds of a chain of its own, each from its time on, under the paths that all
 * relays know. `POST /delay?seconds=600` makes the rounds late, as the network may be. The key stays in `keyFile`.
 */
export async function startBeacon(keyFile: string, port = 0): Promise<Beacon> {
  const own = await ownChain(readKey(keyFile) ?? { genesisSeconds: Math.floor(Date.now() / 1000) });
  writeKey(keyFile, own.key);
  let delayMs = 0;

  function serve(route: string, query: URLSearchParams, response: ServerResponse): void {
    const { hash } = own.chain;
    const round = route.match(new RegExp(`^GET /${hash}/public/([1-9]\\d{0,11})$`))?.[1];
    if (round) return send(response, ...roundAnswer(own, Number(round), delayMs));
    switch (route) {
      case "GET /chains":
        return send(response, 200, [hash]);
      case `GET /${hash}/info`:
        return send(response, 200, infoOf(own));
      case "POST /delay":
        delayMs = Number(query.get("seconds") ?? 0) * 1000;
        return send(response, 200, { delaySeconds: delayMs / 1000 });
      default:
        return send(response, 404, { message: "There is no such thing here" });
    }
  }

  const server = await serveHttp("beacon", port, (request, response) => {
    const url = new URL(request.url ?? "/", "http://beacon");
    serve(`${request.method} ${url.pathname}`, url.searchParams, response);
  });
  return {
    url: server.url,
    chain: own.chain,
    rehearsal: JSON.stringify({ chain: own.chain, relays: [server.url] }),
    delay: (ms) => void (delayMs = ms),
    sign: (round) => own.sign(round),
    stop: () => server.stop(),
  };
}

/** As drand's relays say it: the randomness is the hash of the signature, and asking too early is an error. */
function roundAnswer(own: OwnChain, round: number, delayMs: number): [number, object] {
  if (Date.now() < timeOfRound(own.chain, round) + delayMs)
    return [425, { message: "Requested future beacon" }];
  const signature = own.sign(round);
  const randomness = createHash("sha256").update(Buffer.from(signature, "hex")).digest("hex");
  return [200, { round, randomness, signature }];
}

const infoOf = ({ chain, description }: OwnChain) => ({
  public_key: description.publicKey,
  period: description.periodSeconds,
  genesis_time: description.genesisSeconds,
  hash: chain.hash,
  groupHash: description.groupHash,
  schemeID: BEACON_SCHEME,
  metadata: { beaconID: description.beaconId },
});

function readKey(file: string): OwnKey | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as OwnKey;
  } catch {
    return null;
  }
}

function writeKey(file: string, key: OwnKey): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
}

const send = (response: ServerResponse, status: number, body: object) =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
