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

/** A copy of the index may be so much older than that of another file. */
const COPIES_MS = 3_000;
const MOST_READINGS = 4;

/** Whether files changed while they were read: then what was found says nothing. */
async function hasMoved({ index }: LineFiles): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, COPIES_MS));
  return JSON.stringify(await readIndex(index.saleId)) !== JSON.stringify(index);
}

async function prove(request: ProofRequest): Promise<void> {
  const { seen } = request;
  try {
    const verifyRound = await loadVerifier();
    for (let readings = 1; ; readings++) {
      const files = await readTogether(request);
      tell({ kind: "deriving" });
      const report = checkLine(files, seen, verifyRound);
      const mayHaveMoved = report.faults.length > 0 && readings < MOST_READINGS;
      if (!mayHaveMoved || !(await hasMoved(files))) return tell({ kind: "done", report });
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    tell({ kind: "unreadable", why: error.message });
  }
}

worker.addEventListener("message", ({ data }) => void prove(data));
