import { checkLine, type LineFiles } from "./check-line.ts";
import type { ProofMessage, ProofRequest } from "./proof-message.ts";
import { readFiles, readIndex, Unreadable } from "./read-files.ts";
import { loadVerifier } from "./verify-round.ts";

/** Reads and re-derives a line beside the page, which stays able to answer. */
const worker = globalThis as unknown as {
  postMessage: (message: ProofMessage) => void;
  addEventListener: (kind: "message", listener: (event: MessageEvent<ProofRequest>) => void) => void;
};

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker speaks to its page alone
const tell = (message: ProofMessage) => worker.postMessage(message);

const TRIES = 5;
const AGAIN_MS = 1_500;

/**
 * Files that belong together: while a line moves, a copy of one may be a second older than that of another, or than what the
 * waiting page saw. A log that stays shorter than that is told as what it is.
 */
async function readTogether({ saleId, seen }: ProofRequest): Promise<LineFiles> {
  for (let tries = 1; ; tries++) {
    const isLast = tries === TRIES;
    try {
      const index = await readIndex(saleId);
      if (isLast || index.log.lines >= seen.logLines)
        return await readFiles(index, (read, all) => tell({ kind: "reading", read, all }));
    } catch (error) {
      if (isLast || !(error instanceof Unreadable)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

async function prove(request: ProofRequest): Promise<void> {
  const { seen } = request;
  try {
    const [files, verifyRound] = await Promise.all([readTogether(request), loadVerifier()]);
    tell({ kind: "deriving" });
    tell({ kind: "done", report: checkLine(files, seen, verifyRound) });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    tell({ kind: "unreadable", why: error.message });
  }
}

worker.addEventListener("message", ({ data }) => void prove(data));
