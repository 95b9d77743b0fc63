import { consoleTexts as texts } from "../../../texts/console.ts";
import { localePath } from "../../../texts/locale.ts";
import { locale } from "../../../texts/texts.ts";
import {
  type CreateSaleRequest,
  hasLine,
  type SaleNumbers,
  type UpdateSaleRequest,
} from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { confirmByName } from "./confirm-name.ts";
import { consoleApi } from "./console-api.ts";
import { fieldErrors } from "./field-errors.ts";
import { lockOf, modeErrors, type ModeLock, wireModeField } from "./mode-field.ts";
import { fieldsOfSaleMode, modeFieldNames } from "./mode-form.ts";
import { wirePictureField } from "./picture-field.ts";
import { refusalText } from "./refusal-text.ts";
import { said } from "./said.ts";
import { fieldsOf, readFields, type SaleFields } from "./sale-form.ts";
import { wireGuestsField } from "./guests-field.ts";
import { fieldsOfGuests, tierNumbers } from "./guests-form.ts";
import { openToStaff } from "./staff-gate.ts";
import { bothTimes } from "./time-texts.ts";
import { translationFieldNames } from "./translation-form.ts";
import { instantOf, wallTimeAt } from "./zoned-time.ts";

const search = new URLSearchParams(location.search);
const editedId = search.get("id");
const clonedId = search.get("clone");
const form = part<HTMLFormElement>(document, "sale-form");
const pictureField = wirePictureField(part(form, "picture-field"));
const modeField = wireModeField(form);
const guestsField = wireGuestsField(form);
const errors = fieldErrors(form);
const notice = part(document, "notice");
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** One key for this form: sending it again, after no answer came, makes no second sale. */
const key = crypto.randomUUID();
let edited: SaleNumbers | null = null;

const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
/** Controls that are locked send nothing, and are read all the same. */
const fields = () =>
  ({
    ...Object.fromEntries(new FormData(form)),
    ...Object.fromEntries(modeFieldNames.map((name) => [name, control(name).value])),
  }) as SaleFields;

function tell(text: string): void {
  setText(notice, text);
  setShown(notice, text !== "");
}

function fill(values: Partial<SaleFields>): void {
  for (const [name, value] of Object.entries(values)) control(name).value = value;
  showTimes();
  modeField.show();
  guestsField.show();
  const isTranslated = translationFieldNames.some((name) => control(name).value !== "");
  if (isTranslated) part<HTMLDetailsElement>(form, "translations").open = true;
}

/** The same moment twice: as it was typed nobody else may read it. */
function showTimes(): void {
  const { zone, startsAt, endsAt, closesAt, resultAt, ...rest } = fields();
  const tiers = Object.fromEntries(tierNumbers.map((n) => [`tierStartsAt${n}`, rest[`tierStartsAt${n}`]]));
  for (const [name, wall] of Object.entries({ startsAt, endsAt, closesAt, resultAt, ...tiers })) {
    const ms = instantOf(wall, zone);
    const text = ms === null ? texts.form.noSuchTime : bothTimes(new Date(ms).toISOString());
    setText(part(form, `${name}-both`), wall === "" ? "" : text);
  }
}

/** Only what differs goes to the API: two operators who change different fields do not undo each other. */
type Settings = Omit<CreateSaleRequest, "visibility">;
function changesOf(before: Settings, after: Settings): UpdateSaleRequest {
  const names = Object.keys(after) as (keyof Settings)[];
  const isChanged = (name: keyof Settings) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return Object.fromEntries(names.filter(isChanged).map((name) => [name, after[name]]));
}

async function send(): Promise<void> {
  const read = readFields(fields());
  if (read.kind === "wrong" && read.field === "mode") return void errors.show(modeErrors(read.wrong));
  if (read.kind === "wrong" && read.field === "guests")
    return void errors.show({ [read.of]: texts.form.guests.wrong[read.why] });
  if (read.kind === "wrong") return void errors.show({ [read.field]: texts.form.wrong[read.field] });
  const settled = await pictureField.settle();
  if (settled.kind === "refused") return tell(settled.why);
  const request = { ...read.request, picture: settled.picture };
  const visibility = control("visibility").value as CreateSaleRequest["visibility"];
  if (!edited) return finish(await consoleApi.create({ ...request, visibility }, key));
  const before = readFields(fieldsOf(edited, fields().zone));
  const picture = edited.picture && { id: edited.picture.id, alt: edited.picture.alt };
  const changes = before.kind === "valid" ? changesOf({ ...before.request, picture }, request) : request;
  if (Object.keys(changes).length === 0) return tell(texts.form.nothingChanged);
  const isLowered = edited.stock !== null && request.allocated < edited.stock.allocated;
  if (isLowered && !(await confirmByName(texts.form.lowers, edited.name, texts.form.lowerIt))) return;
  finish(await consoleApi.update(edited.saleId, changes));
}

/** The control of what the API names. */
const controlOf = (field: string): string =>
  field.startsWith("payment")
    ? "holdMinutes"
    : field.startsWith("withdrawal")
      ? "withdrawalDays"
      : field.startsWith("guests")
        ? "guests"
        : field.replace(/^mode\./, "").replace(/^translations\.(\w+)\.(\w+)$/, "$2.$1");

function finish(reply: Awaited<ReturnType<typeof consoleApi.create>>): void {
  // In place of the form: a browser that goes back to it fills it in again, and saving it then would make a second sale.
  if (reply.kind === "ok")
    location.replace(localePath(locale, `/admin/sale/?id=${encodeURIComponent(reply.value.saleId)}`));
  else if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") tell(texts.form.sessionOver);
  else {
    const wrong = reply.kind === "refused" ? (reply.problem.errors ?? []) : [];
    const byField = Object.fromEntries(wrong.map(({ field, message }) => [controlOf(field), said(message)]));
    const isShown = wrong.length > 0 && errors.show(byField).length === 0;
    if (!isShown) tell(refusalText(reply));
  }
}

/** A copy has no start yet, and so none before it. */
const withoutTiers = (guests: SaleNumbers["guests"]): SaleNumbers["guests"] =>
  guests.kind === "everybody" ? guests : { ...guests, tiers: [] };

/** An API that does not say leaves it to its own refusal. */
async function lockOfSale({ saleId, mode }: SaleNumbers): Promise<ModeLock> {
  if (!hasLine(mode)) return "none";
  const reply = await consoleApi.line(saleId);
  return reply.kind === "ok" ? lockOf(reply.value) : "none";
}

async function prepare(): Promise<void> {
  const zones = part<HTMLSelectElement>(form, "zone");
  const names = [...new Set([ownZone, "UTC", ...Intl.supportedValuesOf("timeZone")])];
  zones.replaceChildren(...names.map((name) => new Option(name.replaceAll("_", " "), name)));
  const from = editedId ?? clonedId;
  // A copy has the old times until somebody gives it new ones: it is not for shoppers yet.
  if (clonedId !== null) control("visibility").value = "draft";
  setShown(part(form, "visibility-field"), editedId === null);
  setText(part(document, "form-title"), texts.form.title(editedId !== null, clonedId !== null));
  if (from === null) {
    const nextHour = Math.ceil(Date.now() / 3_600_000) * 3_600_000;
    return fill({
      startsAt: wallTimeAt(nextHour, ownZone),
      ...fieldsOfSaleMode({ kind: "open" }, ownZone),
      ...fieldsOfGuests({ kind: "everybody" }, ownZone),
    });
  }
  const reply = await consoleApi.watch(from);
  if (reply.kind !== "ok") return tell(refusalText(reply));
  const values = fieldsOf(reply.value, ownZone);
  if (editedId !== null) {
    edited = reply.value;
    modeField.lock(await lockOfSale(edited));
  }
  pictureField.show(reply.value.picture);
  fill(
    editedId === null
      ? {
          ...values,
          name: texts.form.copyOf(values.name),
          startsAt: "",
          endsAt: "",
          closesAt: "",
          resultAt: "",
          ...fieldsOfGuests(withoutTiers(reply.value.guests), ownZone),
        }
      : values,
  );
}

openToStaff(({ mayChange }) => {
  setShown(form, mayChange);
  if (!mayChange) return tell(texts.form.viewer);
  void prepare();
});
form.addEventListener("input", showTimes);
// What was said of another try no longer holds once the browser itself complains.
form.addEventListener("invalid", () => tell(""), { capture: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  tell("");
  errors.clearAll();
  void send().finally(() => form.setAttribute("aria-busy", "false"));
});
