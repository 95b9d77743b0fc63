import { consoleTexts as texts } from "../../../texts/console.ts";
import type { People, Role } from "../api/contract.ts";
import { part, setText } from "../page/dom.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { bothTimes } from "./time-texts.ts";

const given = ["viewer", "operator", "admin"] as const;
const words = texts.people.roles;
type Person = People["people"][number];

/** Who works here; each role can be changed in its row. */
export function wirePeople(onChanged: () => void): void {
  const root = part(document, "people");
  const status = part(root, "people-status");
  const form = part<HTMLFormElement>(root, "role-form");

  function tell(text: string, tone: "good" | "bad" | "quiet"): void {
    status.dataset["tone"] = tone;
    setText(status, text);
  }

  function show({ people }: People): void {
    part(root, "person-rows").replaceChildren(...people.map(rowOf));
  }

  async function change(email: string, role: Role): Promise<boolean> {
    tell(texts.actions.sending, "quiet");
    const reply = await consoleApi.changeRole({ email, role });
    if (reply.kind !== "ok") {
      tell(refusalText(reply), "bad");
      return false;
    }
    show(reply.value);
    const done = words.done(email, role === "shopper" ? words.none : texts.roles[role]);
    const { keysLeft } = reply.value;
    if (keysLeft === null) tell(`${done} ${words.keysUnknown}`, "bad");
    else if (keysLeft.length === 0) tell(done, "good");
    else tell(`${done} ${words.keysLeft(keysLeft.map(({ name }) => name).join(", "))}`, "bad");
    onChanged();
    return true;
  }

  function rowOf(person: Person): HTMLTableRowElement {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = person.email;
    const role = document.createElement("td");
    role.textContent = texts.roles[person.role];
    const since = document.createElement("td");
    since.textContent = person.since === null ? words.fixed : bothTimes(person.since);
    const changes = document.createElement("td");
    if (!person.isFixed) changes.append(roleChoice(person), takeButton(person));
    row.append(head, role, since, changes);
    return row;
  }

  function roleChoice({ email, role }: Person): HTMLSelectElement {
    const select = document.createElement("select");
    select.setAttribute("aria-label", `${words.role}: ${email}`);
    select.append(
      ...given.map((choice) => new Option(texts.roles[choice], choice, choice === role, choice === role)),
    );
    select.addEventListener("change", () => {
      void change(email, select.value as Role).then((isDone) => {
        if (!isDone) select.value = role;
      });
    });
    return select;
  }

  function takeButton({ email }: Person): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = words.take;
    button.setAttribute("aria-label", `${words.take}: ${email}`);
    button.addEventListener("click", () => {
      if (globalThis.confirm(words.sure(email))) void change(email, "shopper");
    });
    return button;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const email = form.elements.namedItem("email") as HTMLInputElement;
    const role = (form.elements.namedItem("role") as HTMLSelectElement).value as Role;
    if (email.value.trim() === "" || !email.validity.valid) {
      tell(words.wrongEmail, "bad");
      email.focus();
      return;
    }
    void change(email.value.trim(), role).then((isDone) => {
      if (isDone) form.reset();
    });
  });

  void consoleApi.people().then((reply) => {
    if (reply.kind === "ok") show(reply.value);
    else tell(refusalText(reply), "bad");
  });
}
