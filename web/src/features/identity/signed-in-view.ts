import { texts } from "../../../texts/texts.ts";
import { part, setShown, setText } from "../page/dom.ts";
import type { Session } from "./session.ts";

/** Says as whom somebody is signed in, beside the way out; nothing to who is not. */
export function showSignedIn(root: ParentNode, session: Session): void {
  setShown(part(root, "signed-in"), session.kind === "signed_in");
  if (session.kind === "signed_in" && session.address !== null)
    setText(part(root, "signed-in-as"), texts.signIn.signedInAs(session.address));
}
