/** In the place of letters; as many whatever their number, which is nobody's business. */
const HIDDEN = "•••";
/** From here on a local part keeps a secret though both its ends are shown. */
const LONG_ENOUGH = 4;

/**
 * An address that its owner recognises, and that somebody who looks over their shoulder cannot write down: the ends of the
 * local part, and the domain, by which most people tell their addresses apart.
 */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf("@");
  const letters = Array.from(email.slice(0, at));
  const last = letters.length >= LONG_ENOUGH ? (letters.at(-1) ?? "") : "";
  return `${letters[0] ?? ""}${HIDDEN}${last}${email.slice(at)}`;
}
