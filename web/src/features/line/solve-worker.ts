import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import type { Challenge } from "../api/contract.ts";
import type { SolveMessage } from "./solve-message.ts";

/** Solves a challenge beside the page, which stays able to answer; who stops it ends the worker. */
const worker = globalThis as unknown as {
  postMessage: (message: SolveMessage) => void;
  addEventListener: (kind: "message", listener: (event: MessageEvent<Challenge>) => void) => void;
};

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker speaks to its page alone
const tell = (message: SolveMessage) => worker.postMessage(message);

/** Many times what a slow phone takes for the dearest challenge; a challenge itself lives for ten minutes. */
const LIMIT_MS = 180_000;
const TOLD_EACH_MS = 250;

async function solve(challenge: Challenge): Promise<void> {
  let tries = 0;
  let toldAtMs = performance.now();
  const solution = await solveChallenge({
    challenge,
    timeout: LIMIT_MS,
    deriveKey: async (...asked) => {
      tries += 1;
      if (performance.now() - toldAtMs >= TOLD_EACH_MS) {
        toldAtMs = performance.now();
        tell({ kind: "tried", tries });
      }
      return deriveKey(...asked);
    },
  });
  if (!solution) return tell({ kind: "failed" });
  const { counter, derivedKey } = solution;
  tell({ kind: "solved", solution: { counter, derivedKey } });
}

worker.addEventListener("message", ({ data }) => void solve(data).catch(() => tell({ kind: "failed" })));
