import { consoleTexts as texts } from "../../../texts/console.ts";
import type { PreflightReport } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { bothTimes } from "./time-texts.ts";

const words = texts.preflight.go;

type Setting = {
  readonly saleId: string;
  readonly mayChange: boolean;
  readonly onDecided: (report: PreflightReport) => void;
  /** The sale is no longer what was on the screen: what it is now must be shown before anybody decides. */
  readonly onStale: () => void;
};

/** What was decided for a sale before it opens, and the form to decide; the banner asks where it must be decided now. */
export function wireGo({
  saleId,
  mayChange,
  onDecided,
  onStale,
}: Setting): (report: PreflightReport | null) => void {
  const root = part(document, "go");
  const form = part<HTMLFormElement>(root, "go-form");
  const note = form.elements.namedItem("note") as HTMLInputElement;
  const status = part(root, "go-status");
  const now = part(root, "go-now");
  const banner = part(document, "go-banner");

  /** Of the settings on the screen: a decision is for those. */
  let revision = 0;

  async function decide(decision: "go" | "no_go"): Promise<void> {
    delete status.dataset["tone"];
    setText(status, texts.actions.sending);
    const reply = await consoleApi.decideGo(saleId, { decision, revision, note: note.value.trim() });
    status.dataset["tone"] = reply.kind === "ok" ? "good" : "bad";
    if (reply.kind !== "ok") {
      setText(status, refusalText(reply));
      if (reply.kind === "refused" && reply.problem.kind === "conflict") onStale();
      return;
    }
    note.value = "";
    setText(status, words.recorded);
    onDecided(reply.value);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void decide("go");
  });
  part(root, "go-no").addEventListener("click", () => void decide("no_go"));

  return (report) => {
    setShown(form, mayChange && report !== null);
    const asked = report?.go.isAsked === true ? words.asked[report.go.standing] : "";
    setText(banner, asked);
    setShown(banner, asked !== "");
    if (!report) return setText(now, "");
    revision = report.revision;
    const { standing } = report.go;
    now.dataset["tone"] = standing === "stands" ? "good" : "bad";
    return setText(now, standingText(report));
  };
}

function standingText({ go: { latest, standing, changes } }: PreflightReport): string {
  if (!latest) return words.missing;
  const { decision, note, madeAt } = latest;
  const who = latest.actorEmail ?? latest.actorId;
  const decided = words.decided(words.decisions[decision], who, bothTimes(madeAt), note);
  return standing === "changed" ? `${decided} ${words.changed(changes.join(", "))}` : decided;
}
