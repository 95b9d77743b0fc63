import type { passkeys as english } from "../en/passkeys.ts";

export const passkeys: typeof english = {
  title: "Passkeys",
  link: "Passkeys",
  lead: "Mit einem Passkey melden Sie sich über die Sperre Ihres Geräts an, ohne Code per E-Mail. Er verlässt Ihre Geräte nie.",
  signedOut: "Melden Sie sich zuerst mit einem Code an; dann können Sie einen Passkey hinzufügen.",
  unable: "Dieser Browser kennt keine Passkeys.",
  none: "Sie haben noch keinen Passkey.",
  list: "Ihre Passkeys",
  nameLabel: "Name des Geräts",
  add: "Passkey hinzufügen",
  remove: "Entfernen",
  removeOf: (name) => `${name} entfernen`,
  removeSure: (name) => `${name} wirklich entfernen?`,
  created: (moment) => `Hinzugefügt ${moment}.`,
  used: (moment) => `Zuletzt verwendet ${moment}.`,
  neverUsed: "Noch nicht verwendet.",
  added: (name) => `${name} ist hinzugefügt. Beim nächsten Mal können Sie sich damit anmelden.`,
  removed: (name) => `${name} ist entfernt: Damit meldet sich niemand mehr an.`,
  nameMissing: "Geben Sie ihm einen Namen, an dem Sie ihn wiedererkennen.",
  there: "Dieses Gerät hat schon einen Passkey dieses Shops.",
  refused: "Der Passkey wurde nicht angelegt. Versuchen Sie es noch einmal.",
  tooMany: "Es gibt schon zu viele Passkeys, oder dieser ist einer davon. Entfernen Sie zuerst einen.",
  cancelled: "Das wurde abgebrochen oder hat zu lange gedauert. Es wurde nichts geändert.",
  unknown:
    "Dieser Passkey ist hier nicht bekannt, oder es hat zu lange gedauert. Versuchen Sie es noch einmal, oder melden Sie sich mit einem Code an.",
  noAnswer: "Es kam keine Antwort. Bitte versuchen Sie es noch einmal.",
};
