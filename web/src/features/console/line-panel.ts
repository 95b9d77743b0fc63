import { consoleTexts } from "../../../texts/console.ts";
import {
  type ChangeLineRequest,
  hasLine,
  type LineNumbers,
  type LineView,
  type Role,
  type SaleWatch,
} from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatTenths, formatTime } from "../page/format.ts";
import { startPoll } from "../page/poll.ts";
import { consoleApi } from "./console-api.ts";
import { barsOf } from "./line-bars.ts";
import { type CoursePoint, coursePoint, withPoint } from "./line-course.ts";
import { showCourse } from "./line-course-view.ts";
import { refusalText } from "./refusal-text.ts";
import { bothTimes } from "./time-texts.ts";
import { clickedAtMs, timeUntilHeld, timeUntilShown } from "./time-to-effect.ts";

const texts = consoleTexts.line;
const LOOK_MS = 1_000;
const SVG = "http://www.w3.org/2000/svg";

type Pace = NonNullable<LineView["pace"]>;

/** A sale's line: its numbers, a bar for each list and lane, and its pace, which staff may change while it moves. */
export function wireLinePanel(saleId: string, mayChange: boolean): { show: (sale: SaleWatch) => void } {
  const panel = part(document, "line-panel");
  const field = (name: string) => part<HTMLInputElement>(panel, `line-${name}-input`);
  const notice = part(panel, "line-notice");
  let pace: Pace | null = null;
  /** All winners of a draw are let in at once: it has neither pace nor cap. */
  let isPaced = true;
  let isWatched = false;
  let isBusy = false;
  let points: readonly CoursePoint[] = [];

  part<HTMLAnchorElement>(panel, "line-proof").href = `/sale/${encodeURIComponent(saleId)}/proof`;

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    notice.dataset["tone"] = tone;
    setText(notice, text);
  }

  function show(numbers: LineNumbers): void {
    const { line } = numbers;
    showNumbers(panel, numbers);
    showRows(panel, numbers);
    // What somebody is typing is left alone.
    if (line.pace && JSON.stringify(line.pace) !== JSON.stringify(pace)) fill(line.pace);
    pace = line.pace;
    isPaced = line.mode !== "draw";
    for (const name of ["line-pace-field", "line-cap-field"]) setShown(part(panel, name), isPaced);
    setShown(part(panel, "line-form"), mayChange && line.pace !== null && line.end === null);
    setShown(part(panel, "line-pause"), line.pace?.isPaused === false);
    setShown(part(panel, "line-resume"), line.pace?.isPaused === true);
    // A draw has one list, which closes at its announced time.
    setShown(part(panel, "line-close"), line.mode !== "draw" && !line.isClosed);
    setShown(part(panel, "line-reopen"), line.isClosed);
    points = withPoint(points, coursePoint(numbers));
    showCourse(panel, points);
  }

  function fill({ admissionsPerSecond, mostInside, message }: Pace): void {
    field("pace").value = String(admissionsPerSecond);
    field("cap").value = String(mostInside);
    field("message").value = message;
  }

  /** Sends a change, and watches what shoppers get until it is there. */
  async function change(wish: ChangeLineRequest): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      const startMs = performance.now();
      tell(texts.sending, "quiet");
      const reply = await consoleApi.changeLine(saleId, wish);
      if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
      const clickMs = clickedAtMs(reply.value, performance.now() - startMs);
      show(reply.value);
      const shownMs = await timeUntilShown(saleId, reply.value.line.log.lines, startMs);
      if (shownMs === null) return tell(texts.noEffect, "bad");
      const done = texts.done(formatCount(shownMs));
      tell(done, "good");
      const heldMs = await timeUntilHeld(saleId, reply.value, clickMs);
      tell(`${done} ${heldMs === null ? texts.heldLater : texts.held(secondsOf(heldMs))}`, "good");
    } finally {
      isBusy = false;
    }
  }

  part(panel, "line-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const message = field("message").value.trim();
    if (!isPaced) return void change({ message });
    const [perSecond, most] = [field("pace").valueAsNumber, field("cap").valueAsNumber];
    if (!(perSecond >= 0)) return wrong("pace", texts.wrongPace);
    if (!Number.isInteger(most) || most < 0) return wrong("cap", texts.wrongCap);
    void change({ admissionsPerSecond: perSecond, mostInside: most, message });
  });
  function wrong(name: string, text: string): void {
    tell(text, "bad");
    field(name).focus();
  }
  const onClick = (name: string, wish: ChangeLineRequest) =>
    part(panel, name).addEventListener("click", () => void change(wish));
  onClick("line-pause", { isPaused: true });
  onClick("line-resume", { isPaused: false });
  onClick("line-close", { isClosed: true });
  onClick("line-reopen", { isClosed: false });

  return {
    show: ({ mode }) => {
      setShown(panel, hasLine(mode));
      if (!hasLine(mode) || isWatched) return;
      isWatched = true;
      startPoll(async () => {
        const reply = await consoleApi.line(saleId);
        if (reply.kind === "ok") show(reply.value);
        return LOOK_MS;
      });
    },
  };
}

const secondsOf = (ms: number): string => formatTenths(Math.max(0, ms) / 1_000);

function changeText(change: LineNumbers["change"]): string {
  if (!change) return texts.noChange;
  const { what, role, at, holdsFrom } = change;
  const seconds = holdsFrom === null ? null : secondsOf(Date.parse(holdsFrom) - Date.parse(at));
  return texts.changedBy(texts.changes[what], roleText(role), formatTime(Date.parse(at)), seconds);
}

const roleText = (role: string): string => consoleTexts.roles[role as Role] ?? role;

function showNumbers(panel: HTMLElement, { line, lists, change }: LineNumbers): void {
  const sum = (of: (row: LineNumbers["lists"][number]) => number) =>
    formatCount(lists.reduce((total, row) => total + of(row), 0));
  const values = {
    phase: texts.phases[line.phase],
    closes: bothTimes(line.closesAt),
    list: line.openList === null ? texts.nobodyJoins : formatCount(line.openList),
    // Nobody has counted who stands in a list that is not closed: that is not none.
    waiting: lists.length === 0 ? texts.notCounted : sum(({ waiting }) => waiting),
    inside: line.inside === null ? consoleTexts.unknown : formatCount(line.inside),
    admitted: formatCount(line.admitted),
    bought: sum(({ bought }) => bought),
    lapsed: sum(({ lapsed }) => lapsed),
    change: changeText(change),
    log: texts.logLines(formatCount(line.log.lines), line.log.hash.slice(0, 12)),
  };
  for (const [name, value] of Object.entries(values)) setText(part(panel, `line-${name}`), value);
}

function showRows(panel: HTMLElement, { lists }: LineNumbers): void {
  const body = part(panel, "line-rows");
  setShown(part(panel, "line-none"), lists.length === 0);
  const shown = JSON.stringify(lists);
  if (body.dataset["shown"] === shown) return;
  body.dataset["shown"] = shown;
  const most = Math.max(0, ...lists.map(({ entries }) => entries));
  body.replaceChildren(
    ...lists.map((row) => {
      const { list, lane, entries, admitted, bought, lapsed, waiting } = row;
      const line = document.createElement("tr");
      const name = document.createElement("th");
      name.scope = "row";
      name.textContent = texts.row(formatCount(list), lane);
      line.append(name, ...[entries, admitted, bought, lapsed, waiting].map(numberCell), barCell(row, most));
      return line;
    }),
  );
}

function numberCell(value: number): HTMLElement {
  const cell = document.createElement("td");
  cell.className = "number";
  cell.textContent = formatCount(value);
  return cell;
}

function barCell(row: LineNumbers["lists"][number], most: number): HTMLElement {
  const cell = document.createElement("td");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "line-bar");
  svg.setAttribute("viewBox", "0 0 100 8");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  for (const { part: name, x, width } of barsOf(row, most)) {
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", `part-${name}`);
    rect.setAttribute("x", x.toFixed(2));
    rect.setAttribute("width", width.toFixed(2));
    rect.setAttribute("height", "8");
    svg.append(rect);
  }
  cell.append(svg);
  return cell;
}
