import { beaconSource } from "../../core/beacon/beacon-source.ts";
import { fetchNeededRounds } from "../../core/beacon/fetch-needed.ts";
import { fetchRound } from "../../core/beacon/fetch-round.http.ts";
import { beaconClient } from "../../core/clients/beacon.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { schedules } from "../../core/topology.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "BEACON_REHEARSAL"]);
const { chain, relays } = beaconSource(config);

/** Runs outside the network, which has no way out: it reaches the relays and the ledger's table alone. */
export async function handler(event: { readonly runSeconds?: number }): Promise<void> {
  const deps = {
    chain,
    records: await beaconClient(config, chain),
    fetchRound: (round: number) => fetchRound(chain, relays, round),
    clock: systemClock,
    measure,
    warn,
  };
  const runMs = event.runSeconds === undefined ? null : event.runSeconds * 1000;
  try {
    await fetchNeededRounds(deps, { runMs, longestMs: schedules.beacon.runSeconds * 1000 });
  } finally {
    publishMetrics();
  }
}
