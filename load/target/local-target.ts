import type { LoadCloud } from "../load-cloud.ts";
import { localSession } from "../local-session.ts";
import { awaitSettledAnywhere } from "../verdict/await-settled-anywhere.ts";
import { formatVerdict } from "../verdict/format-verdict.ts";
import { judge } from "../verdict/verdict.ts";
import { storeVersions } from "./store-versions.ts";
import type { LoadTarget } from "./target.ts";

/** A cloud on this machine: its sessions are made here, its stores are read as they lie there. */
export const localTarget = (cloud: Pick<LoadCloud, "addresses">, dataDir: string): LoadTarget => ({
  apiUrl: () => cloud.addresses().apiUrl,
  dataDir,
  operatorToken: localSession("operator").token,
  sessions: async (count) => Array.from({ length: count }, () => localSession()),
  versions: () => storeVersions(cloud.addresses()),
  async judge(saleId, log) {
    const facts = await awaitSettledAnywhere(cloud, saleId);
    const violations = judge(facts, log);
    return { saleId, isEqual: violations.length === 0, verdict: formatVerdict(facts, log, violations) };
  },
});
