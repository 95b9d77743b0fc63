import { consoleTexts as texts } from "../../../texts/console.ts";
import type { BuyerId, Role } from "../api/contract.ts";
import { createSession } from "../identity/session.ts";
import { wireSignIn } from "../identity/sign-in-form.ts";
import { part, setShown, setText } from "../page/dom.ts";

export type Staff = {
  readonly role: Role;
  readonly buyerId: BuyerId;
  readonly mayChange: boolean;
  readonly isAdmin: boolean;
};

/**
 * Shows the console to staff, the sign-in to everybody else. Only a courtesy: each route checks the role itself.
 *
 * @param onStaff called once, when somebody of the staff is signed in; another session reloads the page.
 */
export function openToStaff(onStaff: (staff: Staff) => void): { forget: () => void } {
  const gate = part(document, "staff-gate");
  let shown = "";

  const session = createSession((current) => {
    const isStaff = current.kind === "signed_in" && current.role !== "shopper";
    setShown(gate, !isStaff);
    setShown(part(document, "console"), isStaff);
    setShown(part(gate, "sign-in"), current.kind === "anonymous");
    setShown(part(document, "staff"), current.kind === "signed_in");
    if (current.kind !== "signed_in") {
      setText(part(gate, "gate-text"), current.kind === "anonymous" ? texts.signIn : texts.checking);
      return;
    }
    const role = texts.roles[current.role];
    setText(part(document, "staff-role"), current.address === null ? role : `${role}, ${current.address}`);
    if (!isStaff) return setText(part(gate, "gate-text"), texts.notStaff);
    if (shown !== "" && shown !== current.buyerId) return location.reload();
    if (shown === "") {
      shown = current.buyerId;
      onStaff({ ...current, mayChange: current.role !== "viewer", isAdmin: current.role === "admin" });
    }
  });
  wireSignIn(part(gate, "sign-in"), session);
  part(document, "sign-out").addEventListener("click", () => void session.signOut());
  return { forget: session.forget };
}
