import { consoleTexts } from "../../../texts/console.ts";
import type { WebhookDelivery } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { type LogSearch, machinesApi } from "./machines-api.ts";
import { refusalText } from "./refusal-text.ts";
import { linkButton, tableRow } from "./table-row.ts";
import { utcText } from "./time-texts.ts";

const texts = consoleTexts.webhooks.log;

function stateText({ state, waitsFor, nextAt }: WebhookDelivery): string {
  const word = texts.states[state];
  if (waitsFor !== null) return `${word} · ${texts.waitsFor(waitsFor)}`;
  return nextAt === null ? word : `${word} · ${texts.next(utcText(Date.parse(nextAt)))}`;
}

function answerText({ status, error, tookMs }: WebhookDelivery): string {
  const why = error === null ? "" : (texts.errors[error] ?? error);
  if (status === null) return why;
  const answered = texts.answered(String(status), formatCount(tookMs ?? 0));
  return why === "" ? answered : `${answered} · ${why}`;
}

/** The log of the endpoint that is open: what it was sent, and the buttons that send it again. */
export function wireWebhookLog(root: HTMLElement): {
  readonly open: (endpointId: string) => void;
  readonly look: () => void;
} {
  const [status, rows] = [part(root, "log-status"), part(root, "log-rows")];
  const [first, more] = [part(root, "log-first"), part(root, "log-more")];
  let endpointId: string | null = null;
  let search: LogSearch = { search: "", state: "", before: null };
  let next: number | null = null;

  async function load(): Promise<void> {
    if (endpointId === null) return;
    const asked = [endpointId, search];
    const reply = await machinesApi.deliveries(endpointId, search);
    if (asked[0] !== endpointId || asked[1] !== search) return;
    if (reply.kind !== "ok") return setText(status, refusalText(reply));
    ({ next } = reply.value);
    setText(status, reply.value.deliveries.length === 0 ? texts.none : "");
    if (!rows.contains(document.activeElement)) rows.replaceChildren(...reply.value.deliveries.map(rowOf));
    setShown(first, search.before !== null);
    setShown(more, next !== null);
  }

  function rowOf(delivery: WebhookDelivery): HTMLTableRowElement {
    const { position, eventId, type, stream, happenedAt, attempts, state } = delivery;
    const again = linkButton(texts.redeliver, () => void redeliver(position, position, "all"));
    return tableRow([
      [`${position} · ${type} · ${eventId}`],
      [stream, "id"],
      [utcText(Date.parse(happenedAt))],
      [stateText(delivery), state === "given_up" ? "rejected" : ""],
      [formatCount(attempts), "number"],
      [answerText(delivery)],
      [state === "open" ? "" : again],
    ]);
  }

  async function redeliver(from: number, to: number, only: "given_up" | "all"): Promise<void> {
    if (endpointId === null) return;
    const reply = await machinesApi.redeliver(endpointId, { from, to, only });
    const text = reply.kind === "ok" ? texts.redelivered(formatCount(reply.value.deliveries)) : "";
    (document.activeElement as HTMLElement | null)?.blur();
    await load();
    setText(status, reply.kind === "ok" ? text : refusalText(reply));
  }

  function go(to: LogSearch): void {
    search = to;
    void load();
  }

  part(root, "log-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    go({
      search: (fields.get("search") as string).trim(),
      state: fields.get("state") as string,
      before: null,
    });
  });
  part(root, "range-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const [from, to] = [Number(fields.get("from")), Number(fields.get("to"))];
    void redeliver(from, to, fields.get("only") === "all" ? "all" : "given_up");
  });
  first.addEventListener("click", () => go({ ...search, before: null }));
  more.addEventListener("click", () => go({ ...search, before: next }));
  return {
    open(id) {
      endpointId = id;
      rows.replaceChildren();
      go({ search: "", state: "", before: null });
    },
    // An older page stays as somebody reads it.
    look: () => void (search.before === null && load()),
  };
}
