import { localePath } from "../../../texts/locale.ts";
import { rehearsalTexts as texts } from "../../../texts/rehearsal.ts";
import { locale } from "../../../texts/texts.ts";
import type { Rehearsal, RehearsalLaw, StartRehearsalRequest } from "../api/contract.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import { startPoll } from "../page/poll.ts";
import { consoleApi } from "./console-api.ts";
import { isRefusedForGood } from "./refused-for-good.ts";
import { refusalText } from "./refusal-text.ts";
import { openToStaff } from "./staff-gate.ts";

const POLL_MS = 2_000;
const form = part<HTMLFormElement>(document, "rehearsal-form");
const body = part(document, "rehearsal-rows");
const template = part<HTMLTemplateElement>(document, "rehearsal-row");
const notice = part(document, "notice");
const rows = new Map<string, HTMLElement>();
/** Of what was asked for and not answered yet: asked again, it is the same rehearsal. */
let key = crypto.randomUUID();
let isBusy = false;

const gate = openToStaff(({ mayChange }) => {
  setShown(form, mayChange);
  const poll = startPoll(async () => {
    const reply = await consoleApi.rehearsals();
    if (reply.kind === "ok") show(reply.value.rehearsals);
    else if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") gate.forget();
    else if (!isBusy) tell(refusalText(reply), "bad");
    return POLL_MS;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void start().then(poll.askNow);
  });
});

function tell(text: string, tone: "good" | "bad" | "quiet"): void {
  notice.dataset["tone"] = tone;
  setText(notice, text);
  setShown(notice, text !== "");
}

async function start(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  tell(texts.starting, "quiet");
  const values = new FormData(form);
  const reply = await consoleApi.startRehearsal(
    {
      buyers: Number(values.get("buyers")),
      units: Number(values.get("units")),
      fault: values.get("fault") as StartRehearsalRequest["fault"],
      mode: values.get("mode") as Rehearsal["mode"],
      payment: values.get("payment") as Rehearsal["payment"],
    },
    key,
  );
  isBusy = false;
  // While nobody knows whether it has begun, the same key finds it.
  if (reply.kind === "ok" || isRefusedForGood(reply)) key = crypto.randomUUID();
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  tell(texts.started, "good");
}

/** Newest first; rows are kept, so that an open list of laws stays open. */
function show(rehearsals: readonly Rehearsal[]): void {
  if (rehearsals.length === 0 && notice.hidden) tell(texts.none, "quiet");
  const shown = rehearsals.map((rehearsal) => {
    const { rehearsalId } = rehearsal;
    const row = rows.get(rehearsalId) ?? (template.content.cloneNode(true) as Element).querySelector("tr")!;
    rows.set(rehearsalId, row);
    showRow(row, rehearsal);
    return row;
  });
  if (shown.length !== body.children.length || shown.some((row, i) => row !== body.children[i]))
    body.replaceChildren(...shown);
}

function showRow(row: HTMLElement, rehearsal: Rehearsal): void {
  const { saleId, buyers, units, fault, mode, payment, state, verdict, startedAt } = rehearsal;
  setText(part(row, "at"), formatMoment(Date.parse(startedAt)));
  const crowd = texts.crowd(formatCount(buyers), formatCount(units), texts.modes[mode]);
  setText(part(row, "crowd"), payment === "held" ? `${crowd}. ${texts.paid}` : crowd);
  setText(part(row, "fault"), texts.faults[fault]);
  setText(part(row, "state"), texts.states[state]);
  const watch = part<HTMLAnchorElement>(row, "watch");
  setShown(watch, saleId !== null && state !== "done");
  if (saleId !== null) watch.href = localePath(locale, `/admin/sale/?id=${encodeURIComponent(saleId)}`);
  const said = verdictText(rehearsal);
  const cell = part(row, "verdict");
  if (cell.textContent !== "" || said === "") setText(cell, said);
  else {
    setText(cell, said);
    // One that was judged before this page was opened is no news.
    if (row.isConnected) announce(said);
  }
  setShown(part(row, "details"), verdict !== null && verdict.laws.length > 0);
  if (!verdict || part(row, "law-list").children.length > 0) return;
  setText(part(row, "laws"), texts.laws(formatCount(verdict.laws.length)));
  const counts = Object.entries(verdict.answers).map(([kind, count]) => `${kind} ${formatCount(count)}`);
  const seconds = texts.seconds(formatCount(Math.round(verdict.crowdMs / 1_000)));
  setText(part(row, "answers"), `${texts.answers}: ${counts.join(", ")}. ${seconds}`);
  part(row, "law-list").replaceChildren(...verdict.laws.map(lawItem));
}

function verdictText({ verdict }: Rehearsal): string {
  if (!verdict) return "";
  if (verdict.isGo) return texts.go;
  if (verdict.notJudged !== null) return `${texts.noGo}. ${texts.notJudged(verdict.notJudged)}`;
  const broken = verdict.laws.filter(({ holds }) => !holds).map(({ law }) => law);
  return `${texts.noGo}. ${texts.broken(broken.join("; "))}`;
}

function lawItem({ law, left, right, holds }: RehearsalLaw): HTMLLIElement {
  const item = document.createElement("li");
  item.lang = "en";
  item.textContent = `${holds ? "✓" : "✗"} ${law}: ${texts.law(formatCount(left), formatCount(right))}`;
  return item;
}
