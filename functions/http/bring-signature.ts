import { beaconSource } from "../../core/beacon/beacon-source.ts";
import { bringSignature } from "../../core/beacon/bring-signature.ts";
import { beaconClient } from "../../core/clients/beacon.ts";
import { loadConfig } from "../../core/config.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "BEACON_REHEARSAL"]);
const { chain } = beaconSource(config);

export const handler = endpoint("bringSignature", async ({ event, body }) => {
  const round = readPathId(event, "round");
  const records = await beaconClient(config, chain);
  const outcome = await bringSignature(records, chain, round, body.signature);
  switch (outcome.kind) {
    case "kept":
      return { status: 200, body: { round, signature: outcome.signature } };
    case "not_needed":
      return refuse("not_found", { detail: "No sale waits for this round" });
    case "wrong": {
      const message = `is not the signature of round ${round} of chain ${chain.hash}`;
      return refuse("invalid_request", { errors: [{ field: "signature", message }] });
    }
    default:
      return outcome satisfies never;
  }
});
