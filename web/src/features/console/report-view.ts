import { consoleTexts as texts } from "../../../texts/console.ts";
import type { ReconciliationReport } from "../api/contract.ts";
import type { Reply } from "../api/request.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { said } from "./said.ts";
import { collectReport } from "./signed-report.ts";
import { readCsvPages, saveFile } from "./save-file.ts";

/** Of about ten seconds each. */
const ATTEMPTS = 6;

/** Compares the stores when asked, and shows each identity with both of its sides. */
export function wireReport(saleId: string): void {
  const root = part(document, "report");
  const status = part(root, "report-status");
  let latest: ReconciliationReport | null = null;

  async function run(): Promise<void> {
    setText(status, texts.report.comparing);
    const reply = await compared(saleId);
    if (reply.kind !== "ok") return setText(status, refusalText(reply));
    latest = reply.value;
    show(root, latest);
    const { driftUnits, inFlight } = latest;
    status.dataset["tone"] = driftUnits === 0 ? "good" : "bad";
    setText(status, texts.report.result(formatCount(driftUnits), formatCount(inFlight)));
  }

  part(root, "report-signed").addEventListener("click", () => {
    delete status.dataset["tone"];
    setText(status, texts.report.collecting);
    void collectReport(saleId).then((outcome) => {
      status.dataset["tone"] = outcome.kind === "collected" ? "good" : "bad";
      if (outcome.kind === "refused") return setText(status, refusalText(outcome.reply));
      if (outcome.kind === "moved") return setText(status, texts.report.moved);
      saveFile(`report-${saleId}.json`, "application/json", [JSON.stringify(outcome.bundle)]);
      return setText(status, texts.report.saved);
    });
  });
  part(root, "report-run").addEventListener("click", () => void run());
  part(root, "report-json").addEventListener("click", () => {
    if (latest)
      saveFile(`reconciliation-${saleId}.json`, "application/json", [JSON.stringify(latest, null, 2)]);
  });
  part(root, "report-csv").addEventListener("click", () => {
    void readCsvPages(() => consoleApi.reportCsvPath(saleId)).then((pages) => {
      if (pages) saveFile(`reconciliation-${saleId}.csv`, "text/csv", pages);
      else setText(status, texts.noAnswer);
    });
  });
}

/** A large sale takes longer than one request may: asked again, the server goes on where it was. */
async function compared(saleId: string): Promise<Reply<ReconciliationReport>> {
  for (let attempt = 1; ; attempt++) {
    const reply = await consoleApi.report(saleId);
    const isWorking = reply.kind === "refused" && reply.problem.kind === "unavailable";
    if (!isWorking || attempt === ATTEMPTS) return reply;
    const seconds = reply.problem.retryAfterSeconds ?? 1;
    await new Promise((resume) => setTimeout(resume, seconds * 1_000));
  }
}

function line(cells: readonly string[], tone: "good" | "bad"): HTMLTableRowElement {
  const row = document.createElement("tr");
  row.dataset["tone"] = tone;
  for (const cell of cells) row.insertCell().textContent = cell;
  return row;
}

function show(root: HTMLElement, { identities, differences }: ReconciliationReport): void {
  part(root, "identities").replaceChildren(
    ...identities.map(({ name, left, right, holds }) =>
      line(
        [said(name), formatCount(left), formatCount(right), holds ? texts.report.holds : texts.report.broken],
        holds ? "good" : "bad",
      ),
    ),
  );
  part(root, "differences").replaceChildren(
    ...differences.map(({ orderId, kind, quantity }) =>
      line([orderId, texts.report.kinds[kind], formatCount(quantity)], "bad"),
    ),
  );
  setShown(part(root, "report-tables"), true);
  setShown(part(root, "differences-table"), differences.length > 0);
  setShown(part(root, "report-files"), true);
}
