import { consoleTexts as texts } from "../../../texts/console.ts";
import type { PreflightReport, SaleNumbers } from "../api/contract.ts";
import { clockText, countdownParts, untilNextSecondMs } from "../clock/countdown.ts";
import { createServerClock } from "../clock/server-clock.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatTime } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { wireGo } from "./go-view.ts";
import { refusalText } from "./refusal-text.ts";

const ASK_BEFORE_MS = 10 * 60_000;
const ASK_EVERY_MS = 30_000;

type Heard = { readonly sentAtMs: number; readonly receivedAtMs: number };
type Check = PreflightReport["checks"][number];

export type PreflightView = { readonly show: (sale: SaleNumbers, heard: Heard) => void };

/** What stands before an opening: how long it is until then by the server's clock, and whether all is well. */
export function wirePreflight(saleId: string, mayChange: boolean, onDecided: () => void): PreflightView {
  const root = part(document, "preflight");
  const status = part(root, "preflight-status");
  const clock = createServerClock();
  const showGo = wireGo({
    saleId,
    mayChange,
    onDecided: (report) => {
      showReport(report);
      onDecided();
    },
    onStale: () => {
      void run();
      onDecided();
    },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasRun = false;
  let ranAtMs = performance.now();
  let shown: SaleNumbers | null = null;

  async function run(): Promise<void> {
    hasRun = true;
    ranAtMs = performance.now();
    status.dataset["tone"] = "quiet";
    setText(status, texts.preflight.checking);
    const reply = await consoleApi.preflight(saleId);
    if (reply.kind !== "ok") return setText(status, refusalText(reply));
    showReport(reply.value);
  }

  function showReport(report: PreflightReport): void {
    const { verdict, checks, serverTime } = report;
    status.dataset["tone"] = verdict === "go" ? "good" : "bad";
    const at = texts.preflight.at(formatTime(Date.parse(serverTime)));
    setText(status, `${texts.preflight.verdicts[verdict]} ${at}`);
    const sorted = checks.toSorted((a, b) => rank[a.result] - rank[b.result]);
    part(root, "checks").replaceChildren(...sorted.map(itemOf));
    showGo(report);
  }

  function tick(): void {
    clearTimeout(timer);
    if (!shown) return;
    const startsAtMs = Date.parse(shown.startsAt);
    const remainingMs = startsAtMs - (clock.nowMs() ?? startsAtMs);
    setText(part(root, "opens-in"), remainingText(remainingMs));
    // In the last minutes it is asked again and again: what changes then must be decided on.
    if (remainingMs <= ASK_BEFORE_MS && remainingMs > 0 && performance.now() - ranAtMs > ASK_EVERY_MS)
      void run();
    if (remainingMs > 0) timer = setTimeout(tick, untilNextSecondMs(remainingMs));
  }

  part(root, "preflight-run").addEventListener("click", () => void run());
  return {
    show: (sale, heard) => {
      clock.hear({ ...heard, serverMs: Date.parse(sale.serverTime) });
      const isAhead = Date.parse(sale.startsAt) > Date.parse(sale.serverTime) && sale.phase !== "ended";
      const isBefore = sale.visibility === "draft" || (isAhead && sale.visibility !== "retired");
      setShown(root, isBefore);
      part(document, "live").dataset["before"] = String(isBefore);
      const wasDraft = shown?.visibility === "draft";
      shown = isBefore ? sale : null;
      if (!isBefore) showGo(null);
      setText(part(root, "preflight-draft"), sale.visibility === "draft" ? texts.preflight.draft : "");
      tick();
      // What was found of a draft says nothing of what it is now.
      if (isBefore && (!hasRun || (wasDraft && sale.visibility !== "draft"))) void run();
    },
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function remainingText(remainingMs: number): string {
  if (remainingMs <= 0) return texts.preflight.due;
  const { days } = countdownParts(remainingMs);
  const clock = clockText(remainingMs - days * DAY_MS) ?? "";
  return texts.preflight.opensIn(days === 0 ? clock : `${texts.preflight.days(days)}, ${clock}`);
}

/** What somebody must see to comes first. */
const rank = { no_go: 0, unknown: 1, go: 2 } as const;
const icons = { go: "check", no_go: "cross", unknown: "question" } as const;
const sentenceAt = { go: 0, no_go: 1, unknown: 2 } as const;
const SVG = "http://www.w3.org/2000/svg";

/** Icon, word and sentence; what was found with its numbers is below it, as the operators' command says it. */
function itemOf({ name, result, finding }: Check): HTMLLIElement {
  const item = document.createElement("li");
  item.dataset["result"] = result;
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${icons[result]}`);
  icon.append(use);
  const word = document.createElement("b");
  word.textContent = texts.preflight.results[result];
  const sentence = document.createElement("span");
  sentence.textContent = texts.preflight.checks[name][sentenceAt[result]] || finding;
  const found = document.createElement("small");
  found.lang = "en";
  found.textContent = `${name}: ${finding}`;
  item.append(icon, word, sentence, found);
  return item;
}
