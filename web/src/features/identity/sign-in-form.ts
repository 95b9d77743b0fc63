import { locale, texts } from "../../../texts/texts.ts";
import { api } from "../api/api.ts";
import { isCode, normalizeCode, type Problem } from "../api/contract.ts";
import type { Reply } from "../api/request.ts";
import { browserKeep } from "../page/browser-keep.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { createChallengeStore } from "./challenge-store.ts";
import type { SessionKeeper } from "./session.ts";

const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

const challenges = createChallengeStore(browserKeep("sessionStorage"), () => Date.now());

/**
 * Wires the two steps of signing in: an e-mail address, then the code that was sent to it. A page that was reloaded, or
 * dropped while the mail was read, is at the second step again.
 */
export function wireSignIn(root: HTMLElement, session: SessionKeeper, onSignedIn = () => {}): void {
  const emailForm = part<HTMLFormElement>(root, "email-form");
  const codeForm = part<HTMLFormElement>(root, "code-form");
  const email = part<HTMLInputElement>(root, "email");
  const code = part<HTMLInputElement>(root, "code");
  const emailError = part(root, "email-error");
  const codeError = part(root, "code-error");
  setShown(part(root, "mailbox-hint"), isLocal);
  const passkey = part(root, "passkey");
  setShown(passkey, "PublicKeyCredential" in window);
  passkey.addEventListener("click", () => void byPasskey());
  const kept = challenges.load();
  /** Of the latest code that was sent: the code is worth something only together with it. */
  let challenge = kept?.challenge ?? "";

  async function byPasskey(): Promise<void> {
    const { signInByPasskey } = await import("./passkey-button.ts");
    const view = await signInByPasskey(root);
    if (!view) return;
    session.began(view);
    onSignedIn();
  }

  function showStep(step: "email" | "code"): void {
    setShown(emailForm, step === "email");
    setShown(codeForm, step === "code");
    setText(part(root, "code-sent-to"), texts.signIn.codeSentTo(email.value.trim()));
  }
  if (kept) {
    email.value = kept.email;
    showStep("code");
  }

  function beginAgain(): void {
    challenges.forget();
    code.value = "";
    showError(code, codeError, "");
    showStep("email");
  }
  // Whoever is signed in needs no code; another tab may have used this one.
  session.onSignedIn(beginAgain);

  emailForm.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!email.validity.valid || email.value.trim() === "")
      return showError(email, emailError, texts.signIn.emailInvalid);
    void whileBusy(emailForm, async () => {
      const reply = await api.requestCode(email.value.trim(), locale);
      showError(email, emailError, reply.kind === "ok" ? "" : errorOf(reply, texts.signIn.emailInvalid));
      if (reply.kind !== "ok") return;
      challenge = reply.value.challenge;
      challenges.save({ ...reply.value, email: email.value.trim() });
      showStep("code");
      code.focus();
    });
  });

  codeForm.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = normalizeCode(code.value);
    if (!isCode(typed)) return showError(code, codeError, texts.signIn.codeInvalid);
    void whileBusy(codeForm, async () => {
      const reply = await api.signIn(challenge, typed);
      showError(code, codeError, reply.kind === "ok" ? "" : errorOf(reply, texts.signIn.codeWrong));
      if (reply.kind !== "ok") return code.select();
      session.began(reply.value);
      onSignedIn();
    });
  });

  part(root, "other-email").addEventListener("click", () => {
    beginAgain();
    email.focus();
  });
}

function errorOf(reply: Exclude<Reply<unknown>, { kind: "ok" }>, wrongInput: string): string {
  if (reply.kind === "no_answer") return texts.signIn.noAnswer;
  return errorOfProblem(reply.problem, wrongInput);
}

function errorOfProblem(problem: Problem, wrongInput: string): string {
  if (problem.kind === "rate_limited") return texts.signIn.rateLimited(problem.retryAfterSeconds ?? 60);
  return problem.kind === "invalid_request" || problem.kind === "unauthenticated"
    ? wrongInput
    : texts.signIn.noAnswer;
}

function showError(input: HTMLInputElement, error: HTMLElement, sentence: string): void {
  setText(error, sentence);
  input.setAttribute("aria-invalid", String(sentence !== ""));
  if (sentence !== "") input.focus();
}

/** One request at a time; the button stays focusable and says that it is at work. */
async function whileBusy(form: HTMLFormElement, work: () => Promise<void>): Promise<void> {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    form.setAttribute("aria-busy", "false");
  }
}
