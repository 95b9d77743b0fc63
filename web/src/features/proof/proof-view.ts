import type { proofWordsIn } from "../../../texts/proof.ts";
import { part, setIcon, setShown, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { type CheckName, checkNames, type Fault, type Report } from "./report.ts";

type Words = ReturnType<typeof proofWordsIn>;

const MOST_FAULTS = 20;

export const commandFor = (files: string, isRehearsal = false): string =>
  `node verify-fairness.mjs ${files}${isRehearsal ? " --rehearsal" : ""}`;

/** Writes what each check came to, and how to check the same files by the script, which takes a rehearsal only if it is told so. */
export function showReport(root: HTMLElement, words: Words, report: Report, files: string): void {
  setShown(part(root, "rehearsal"), report.isRehearsal);
  setText(part(root, "command"), commandFor(files, report.isRehearsal));
  for (const name of checkNames) showCheck(root, words, name, report);
  setShown(part(root, "faults"), report.faults.length > 0);
  const items = report.faults.slice(0, MOST_FAULTS).map((fault) => itemOf(words, fault));
  const rest = report.faults.length - items.length;
  if (rest > 0) items.push(item(words.moreFaults(formatCount(rest))));
  part(root, "fault-list").replaceChildren(...items);
}

function showCheck(root: HTMLElement, words: Words, name: CheckName, report: Report): void {
  const row = part(root, `check-${name}`);
  const count = report.counts[name];
  const isWrong = report.faults.some(({ check }) => check === name);
  const isOpen = name === "signatures" && report.unverified > 0;
  const tone = isWrong ? "bad" : isOpen ? "wait" : count > 0 ? "good" : "quiet";
  row.dataset["tone"] = tone;
  setIcon(part(row, "check-icon"), { bad: "cross", wait: "question", good: "check", quiet: "dots" }[tone]);
  const state = {
    bad: words.chips.wrong,
    good: words.chips.right,
    wait: words.notVerified,
    quiet: words.nothing,
  }[tone];
  const counted = count > 0 ? `${state} · ${words.checked(formatCount(count))}` : state;
  setText(part(row, "check-count"), counted);
}

function item(text: string): HTMLElement {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}
const itemOf = (words: Words, { kind, where }: Fault): HTMLElement => item(`${where}: ${words.faults[kind]}`);

/** Writes where one's own entry stands. */
export function showOwn(root: HTMLElement, words: Words, own: Report["own"], hasReceipt: boolean): void {
  const facts = part(root, "own-facts");
  setShown(facts, own !== null && own !== "left_out");
  const text = part(root, "own-text");
  if (own === null) return setText(text, hasReceipt ? words.own.notYet : words.own.none);
  if (own === "left_out") return setText(text, words.own.left_out);
  setText(text, own.isWithdrawn ? words.own.withdrawn : own.place === null ? words.own.waitsForKey : "");
  const values = {
    place:
      own.place === null ? "–" : words.own.placeOf(formatCount(own.place), formatCount(own.entriesInList)),
    turn: own.step === null ? words.own.noTurn : words.own.inStep(formatCount(own.step)),
    list: formatCount(own.list),
    lane: words.own.lanes[own.lane === 1 ? 1 : 0],
    quantity: formatCount(own.quantity),
    lot: own.lot ?? "–",
    leaf: own.leaf,
  };
  for (const [name, value] of Object.entries(values)) setText(part(root, `own-${name}`), value);
}
