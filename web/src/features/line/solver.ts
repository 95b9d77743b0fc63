import type { Challenge } from "../api/contract.ts";
import type { SolveMessage } from "./solve-message.ts";

/** Whether this browser can do the check: it needs workers, and WebCrypto, which only secure pages have. */
export const canSolve = (): boolean =>
  typeof Worker === "function" && typeof globalThis.crypto?.subtle?.deriveBits === "function";

/** Starts solving in a worker, which is loaded now and not before; the answer ends it. */
export function startSolver(challenge: Challenge, onMessage: (message: SolveMessage) => void): () => void {
  let worker: Worker;
  try {
    worker = new Worker(new URL("solve-worker.ts", import.meta.url), { type: "module" });
  } catch {
    // Some browsers and policies have workers in name only.
    const timer = setTimeout(() => onMessage({ kind: "failed" }));
    return () => clearTimeout(timer);
  }
  worker.addEventListener("message", ({ data }: MessageEvent<SolveMessage>) => onMessage(data));
  worker.addEventListener("error", () => onMessage({ kind: "failed" }));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of this page has no other origin
  worker.postMessage(challenge);
  return () => worker.terminate();
}
