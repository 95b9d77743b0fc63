import { consoleTexts } from "../../../texts/console.ts";
import type { ChangeGuestsRequest, GuestSummary, Problem, SaleWatch } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatTime } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { said } from "./said.ts";
import { readCsvPages, saveFile } from "./save-file.ts";

const texts = consoleTexts.guests;

/** A sale's list: how many are on it and came, a file to change it by, and the list as a file. */
export function wireGuests(
  saleId: string,
  mayChange: boolean,
  onChanged: () => void,
): { show: (sale: SaleWatch) => void } {
  const panel = part(document, "guests-panel");
  const form = part<HTMLFormElement>(panel, "guests-form");
  const file = part<HTMLInputElement>(form, "guests-file");
  const how = part<HTMLSelectElement>(form, "guests-how");
  const notice = part(panel, "guests-notice");
  let isWatched = false;

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    notice.dataset["tone"] = tone;
    setText(notice, text);
  }

  function listErrors(errors: Problem["errors"] = []): void {
    part(panel, "guests-errors").replaceChildren(
      ...errors.map(({ field, message }) =>
        itemOf(texts.wrongLine(field.replace("csv:", ""), said(message))),
      ),
    );
  }

  function show(summary: GuestSummary): void {
    const { guests, listed, came, buyers, tiers } = summary;
    const counts = texts.summary(formatCount(listed), formatCount(came));
    const isSeveral = guests.kind !== "everybody" && guests.by === "codes";
    setText(
      part(panel, "guests-summary"),
      isSeveral ? `${counts} ${texts.buyers(formatCount(buyers))}` : counts,
    );
    part(panel, "guests-tiers").replaceChildren(
      ...tiers.map((tier) => itemOf(texts.tier(tier.name, formatCount(tier.listed), formatCount(tier.came)))),
    );
    if (guests.kind !== "everybody") setText(part(panel, "guests-columns"), texts.columns[guests.by]);
    setText(part(panel, "guests-as-of"), texts.asOf(formatTime(Date.now())));
  }

  async function look(): Promise<void> {
    const reply = await consoleApi.guests(saleId);
    if (reply.kind === "ok") show(reply.value);
    else tell(refusalText(reply), "bad");
  }

  async function send(): Promise<void> {
    const chosen = file.files?.[0];
    if (!chosen) return tell(texts.noFile, "bad");
    tell(consoleTexts.line.sending, "quiet");
    listErrors();
    const csv = await chosen.text();
    const reply = await consoleApi.changeGuests(saleId, {
      how: how.value as ChangeGuestsRequest["how"],
      csv,
    });
    if (reply.kind !== "ok") {
      const lines = reply.kind === "refused" ? reply.problem.errors?.filter(isOfLine) : [];
      listErrors(lines);
      return tell(lines?.length ? texts.wrong : refusalText(reply), "bad");
    }
    file.value = "";
    show(reply.value);
    tell(texts.done, "good");
    onChanged();
  }

  async function save(): Promise<void> {
    const pages = await readCsvPages(() => consoleApi.guestsCsvPath(saleId));
    if (pages) saveFile(`guests-${saleId}.csv`, "text/csv", pages);
    tell(pages ? consoleTexts.orders.saved : consoleTexts.noAnswer, pages ? "good" : "bad");
  }

  part(panel, "guests-look").addEventListener("click", () => void look());
  part(panel, "guests-csv").addEventListener("click", () => void save());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    void send().finally(() => form.setAttribute("aria-busy", "false"));
  });
  setShown(form, mayChange);
  setShown(part(panel, "guests-csv"), mayChange);

  return {
    show: ({ guests }) => {
      setShown(panel, guests.kind !== "everybody");
      if (guests.kind === "everybody" || isWatched) return;
      isWatched = true;
      void look();
    },
  };
}

const isOfLine = ({ field }: { readonly field: string }): boolean => field.startsWith("csv:");

function itemOf(text: string): HTMLLIElement {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}
