import { checkLine } from "./check-line.ts";
import type { ProofMessage, ProofRequest } from "./proof-message.ts";
import { readFiles, readIndex, Unreadable } from "./read-files.ts";
import { loadVerifier } from "./verify-round.ts";

/** Reads and re-derives a line beside the page, which stays able to answer. */
const worker = globalThis as unknown as {
  postMessage: (message: ProofMessage) => void;
  addEventListener: (kind: "message", listener: (event: MessageEvent<ProofRequest>) => void) => void;
};

async function prove({ saleId, seen }: ProofRequest): Promise<void> {
  try {
    const index = await readIndex(saleId);
    const [files, verifyRound] = await Promise.all([
      readFiles(index, (read, all) => worker.postMessage({ kind: "reading", read, all })),
      loadVerifier(),
    ]);
    worker.postMessage({ kind: "deriving" });
    worker.postMessage({ kind: "done", report: checkLine(files, seen, verifyRound) });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    worker.postMessage({ kind: "unreadable", why: error.message });
  }
}

worker.addEventListener("message", ({ data }) => void prove(data));
