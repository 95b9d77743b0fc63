import { api } from "../api/api.ts";
import type { BuyerId, Role, SessionView } from "../api/contract.ts";
import { browserKeep } from "../page/browser-keep.ts";
import { openChannel } from "../page/channel.ts";

export type Session =
  /** Not yet known: neither the form nor the button is shown on a guess. */
  | { kind: "unknown" }
  | { kind: "anonymous" }
  | {
      kind: "signed_in";
      buyerId: BuyerId;
      role: Role;
      expiresAtMs: number;
      /** Their address, masked; null: the session is older than this. */
      address: string | null;
    };

export type SessionKeeper = {
  current: () => Session;
  /** Calls `listener` whenever it is known that somebody is signed in, in this tab or another. */
  onSignedIn: (listener: () => void) => void;
  began: (view: SessionView) => void;
  /** The server no longer knows this session. */
  forget: () => void;
  signOut: () => Promise<void>;
};

const signedIn = (view: SessionView): Session => ({
  kind: "signed_in",
  buyerId: view.buyerId,
  role: view.role,
  expiresAtMs: Date.parse(view.expiresAt),
  address: view.signedInAs ?? null,
});

const RETRY_MS = 3_000;

/** Who is signed in, in all tabs alike: a tab that signs in or out tells the others. */
export function createSession(onChange: (session: Session) => void): SessionKeeper {
  const channel = openChannel<"changed">("flash-sale.session");
  let session: Session = { kind: "unknown" };

  const listeners: (() => void)[] = [];

  function become(next: Session): void {
    session = next;
    if (session.kind === "signed_in") for (const listener of listeners) listener();
    onChange(session);
  }
  async function load(): Promise<void> {
    const reply = await api.session();
    if (reply.kind === "ok") become(signedIn(reply.value));
    else if (reply.kind === "refused" && reply.problem.kind === "unauthenticated")
      become({ kind: "anonymous" });
    else setTimeout(() => void load(), RETRY_MS);
  }

  channel.hear(() => void load());
  void load();
  return {
    current: () => session,
    onSignedIn: (listener) => void listeners.push(listener),
    began: (view) => {
      become(signedIn(view));
      channel.say("changed");
    },
    forget: () => {
      if (session.kind === "signed_in") become({ kind: "anonymous" });
    },
    signOut: async () => {
      const reply = await api.signOut();
      // Without an answer the cookie may still be there, and saying "signed out" would be untrue.
      if (reply.kind !== "ok") return;
      // The server has ended what this browser was told by push, too.
      browserKeep("localStorage").removeItem("flash-sale.push");
      document.dispatchEvent(new Event("push-ended"));
      become({ kind: "anonymous" });
      channel.say("changed");
    },
  };
}
