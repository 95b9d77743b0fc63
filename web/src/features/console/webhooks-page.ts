import { consoleTexts } from "../../../texts/console.ts";
import type { WebhookEndpoint } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import { startPoll } from "../page/poll.ts";
import { confirmByName } from "./confirm-name.ts";
import { machinesApi } from "./machines-api.ts";
import { onceAtATime } from "./once-at-a-time.ts";
import { refusalText } from "./refusal-text.ts";
import { wireSecret } from "./secret-view.ts";
import { openToStaff } from "./staff-gate.ts";
import { linkButton, tableRow } from "./table-row.ts";
import { bothTimes } from "./time-texts.ts";
import { wireWebhookLog } from "./webhook-log.ts";

const texts = consoleTexts.webhooks;
const POLL_MS = 2_000;
const status = part(document, "webhooks-status");
const panel = part(document, "endpoint");
const addForm = part<HTMLFormElement>(document, "add-form");
const log = wireWebhookLog(panel);
const showSecret = wireSecret();
let chosen: WebhookEndpoint | null = null;

function tell(text: string, tone: "good" | "bad" | "quiet"): void {
  status.dataset["tone"] = tone;
  setText(status, text);
}

function stateText({ state, pausedWhy, failures, failingSince }: WebhookEndpoint): string {
  if (pausedWhy !== null) return texts.why[pausedWhy];
  if (failingSince === null) return texts.states[state];
  return texts.failing(formatCount(failures), formatMoment(Date.parse(failingSince)));
}

const rowOf = (endpoint: WebhookEndpoint) =>
  tableRow([
    [linkButton(endpoint.name, () => choose(endpoint))],
    [endpoint.url, "id"],
    [stateText(endpoint), endpoint.state === "paused" ? "rejected" : ""],
    [endpoint.deliveredAt === null ? texts.never : formatMoment(Date.parse(endpoint.deliveredAt))],
    [formatCount(endpoint.open), "number"],
    [formatCount(endpoint.givenUp), "number"],
  ]);

/** Opens an endpoint below the list. */
function choose(endpoint: WebhookEndpoint): void {
  showChosen(endpoint);
  log.open(endpoint.endpointId);
  panel.focus();
}

function showChosen(endpoint: WebhookEndpoint | null): void {
  chosen = endpoint;
  setShown(panel, endpoint !== null);
  if (!endpoint) return;
  const { name, state, oldSecretUntil } = endpoint;
  setText(part(panel, "endpoint-heading"), texts.log.heading(name));
  const old = oldSecretUntil === null ? "" : texts.oldSecret(bothTimes(oldSecretUntil));
  setText(part(panel, "endpoint-old-secret"), old);
  setShown(part(panel, "endpoint-pause"), state === "active");
  setShown(part(panel, "endpoint-resume"), state === "paused");
}

async function load(): Promise<void> {
  const reply = await machinesApi.endpoints();
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  const { endpoints } = reply.value;
  const rows = part(document, "endpoint-rows");
  // Whoever stands in a row stays in it.
  if (!rows.contains(document.activeElement)) rows.replaceChildren(...endpoints.map(rowOf));
  if (endpoints.length === 0) tell(texts.none, "quiet");
  if (chosen) showChosen(endpoints.find(({ endpointId }) => endpointId === chosen?.endpointId) ?? null);
}

const add = onceAtATime(async () => {
  const fields = new FormData(addForm);
  const of = (name: string) => (fields.get(name) as string).trim();
  const types = of("types")
    .split(/[\s,]+/)
    .filter(Boolean);
  const reply = await machinesApi.add({ name: of("name"), url: of("url"), notify: of("notify"), types });
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  addForm.reset();
  tell(texts.add.done, "good");
  showSecret(reply.value.secret);
  await load();
});

async function setState(state: "active" | "paused"): Promise<void> {
  if (!chosen) return;
  const reply = await machinesApi.change(chosen.endpointId, { state });
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  tell(state === "paused" ? texts.done.paused : texts.done.resumed, "good");
  await load();
}

const rotate = onceAtATime(async (hours: number) => {
  if (!chosen) return;
  const reply = await machinesApi.rotate(chosen.endpointId, hours);
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  tell(texts.done.rotated, "good");
  showSecret(reply.value.secret);
  await load();
});

const test = onceAtATime(async () => {
  if (!chosen) return;
  const reply = await machinesApi.test(chosen.endpointId);
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  tell(texts.done.tested(reply.value.eventId), "good");
  log.look();
});

async function remove(): Promise<void> {
  if (!chosen) return;
  const { endpointId, name } = chosen;
  if (!(await confirmByName(texts.actions.removeWhat, name, texts.actions.removeAction))) return;
  const reply = await machinesApi.remove(endpointId);
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  showChosen(null);
  tell(texts.done.removed, "good");
  await load();
}

function wire(): void {
  addForm.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
  part(panel, "rotate-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void rotate(Number(part<HTMLSelectElement>(panel, "rotate-form").querySelector("select")!.value));
  });
  part(panel, "endpoint-test").addEventListener("click", () => void test());
  part(panel, "endpoint-pause").addEventListener("click", () => void setState("paused"));
  part(panel, "endpoint-resume").addEventListener("click", () => void setState("active"));
  part(panel, "endpoint-remove").addEventListener("click", () => void remove());
}

openToStaff(({ role }) => {
  const isAdmin = role === "admin";
  setShown(part(document, "not-admin"), !isAdmin);
  setShown(part(document, "webhooks"), isAdmin);
  if (!isAdmin) return;
  wire();
  startPoll(async () => {
    await load();
    log.look();
    return POLL_MS;
  });
});
