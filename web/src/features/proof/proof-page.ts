import { salePath } from "../../../texts/locale.ts";
import { proofWordsIn } from "../../../texts/proof.ts";
import { locale } from "../../../texts/texts.ts";
import type { SaleId } from "../api/contract.ts";
import { createLineStore } from "../line/line-store.ts";
import { browserKeep } from "../page/browser-keep.ts";
import { showChip } from "../page/chip-view.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import type { ProofMessage, ProofRequest } from "./proof-message.ts";
import { commandFor, showOwn, showReport } from "./proof-view.ts";

const words = proofWordsIn(locale);
const root = part(document, "proof");
const saleId = (/\/sale\/([^/]+)\/proof$/.exec(location.pathname)?.[1] ??
  new URLSearchParams(location.search).get("id") ??
  "none") as SaleId;
const store = createLineStore(browserKeep("localStorage"), saleId);

type State = keyof typeof words.states;
const looks = {
  reading: { chip: words.chips.checking, icon: "dots", tone: "quiet" },
  deriving: { chip: words.chips.checking, icon: "dots", tone: "quiet" },
  right: { chip: words.chips.right, icon: "check", tone: "good" },
  wrong: { chip: words.chips.wrong, icon: "cross", tone: "bad" },
  unverified: { chip: words.chips.unverified, icon: "question", tone: "wait" },
  unreadable: { chip: words.chips.unverified, icon: "offline", tone: "wait" },
  empty: { chip: words.nothing, icon: "dots", tone: "quiet" },
} as const satisfies Record<State, object>;

function show(state: State, body: string): void {
  root.dataset["state"] = state;
  showChip(root, looks[state]);
  setText(part(root, "verdict"), words.states[state]);
  setText(part(root, "verdict-body"), body);
}

function take(message: ProofMessage): void {
  switch (message.kind) {
    case "reading":
      return show("reading", words.progress(formatCount(message.read), formatCount(message.all)));
    case "deriving":
      return show("deriving", words.calculating);
    case "unreadable":
      return show("unreadable", words.unreadable);
    case "done": {
      const { report } = message;
      const { faults, entries, counts, isFinal } = report;
      const result = words.result(formatCount(entries), formatCount(counts.orders), isFinal);
      if (faults.length > 0) show("wrong", words.faultsFound(formatCount(faults.length)));
      else if (counts.log === 0) show("empty", words.empty);
      else show(report.unverified > 0 ? "unverified" : "right", result);
      showReport(root, words, report, files);
      showOwn(root, words, report.own, kept !== null);
    }
  }
}

setShown(part(root, "rehearsal"), false);
part<HTMLAnchorElement>(root, "sale-link").href = salePath(locale, saleId);
const files = `${location.origin}/api/sale/${encodeURIComponent(saleId)}/fairness`;
setText(part(root, "command"), commandFor(files));

const kept = store.anyEntry();
const seen = store.seen();
const request: ProofRequest = {
  saleId,
  seen: {
    logLines: seen.log?.lines ?? 0,
    logHash: seen.log?.hash ?? null,
    roots: seen.roots,
    receipt: kept?.receipt ?? null,
  },
};
const worker = new Worker(new URL("proof-worker.ts", import.meta.url), { type: "module" });
worker.addEventListener("message", ({ data }: MessageEvent<ProofMessage>) => take(data));
// A worker that did not start, or that broke: nothing was checked, and nothing is said.
worker.addEventListener("error", () => show("unreadable", words.unreadable));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of this page has no other origin
worker.postMessage(request);
