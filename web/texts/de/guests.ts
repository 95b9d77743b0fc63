import type { guests as english } from "../en/guests.ts";

export const guests: typeof english = {
  name: "Wer kommen darf",
  listed: "Dieser Verkauf ist für die Gäste auf seiner Liste.",
  listedFirst: "Er öffnet für alle, und früher für Gäste einer Stufe.",
  tier: (name, moment) => `${name}: ab ${moment}.`,
  signIn: {
    addresses: "Melden Sie sich mit der Adresse an, die eingeladen wurde.",
    codes: "Melden Sie sich zuerst an; dann geben Sie Ihren Code ein.",
  },
  invited: "Sie stehen auf der Liste.",
  invitedOn: (tier, moment) => `Sie stehen auf der Liste (${tier}) und dürfen ab ${moment} kaufen.`,
  checking: "Wir sehen nach, ob Sie auf der Liste stehen.",
  code: "Ihr Code",
  submit: "Diesen Code verwenden",
  limited: (seconds) => `Zu viele Versuche. Versuchen Sie es in ${seconds} Sekunden noch einmal.`,
  reasons: {
    no_invitation: "Wir sehen noch nach, ob Sie auf der Liste stehen.",
    wrong_invitation: "Wir sehen noch einmal nach, ob Sie auf der Liste stehen.",
    outdated: "Die Liste hat sich geändert. Wir sehen noch einmal nach, ob Sie darauf stehen.",
    not_listed:
      "Die Adresse, mit der Sie angemeldet sind, steht nicht auf der Liste. Wurde eine andere eingeladen, melden Sie sich mit dieser an; sonst fragen Sie den Shop.",
    no_code: "Geben Sie den Code ein, den Sie bekommen haben.",
    wrong_code: "Einen solchen Code gibt es in diesem Verkauf nicht. Prüfen Sie die Schreibweise.",
    used: "Damit hat schon jemand anderes gekauft oder sich eingetragen. Melden Sie sich an wie damals, oder fragen Sie den Shop.",
  },
};
