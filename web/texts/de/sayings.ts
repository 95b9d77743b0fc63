import type { Saying } from "../saying.ts";

/** What the API and the guardian say to operators in English, and what it is in German. The first that fits counts. */
export const sayings: readonly Saying[] = [
  // Guests.
  [
    "everybody may come to this sale: choose who may come first",
    "zu diesem Verkauf dürfen alle kommen: Wählen Sie zuerst, wer kommen darf",
  ],
  [
    "somebody else has changed the list: look at it, and try again",
    "jemand anderes hat die Liste geändert: Sehen Sie nach, und versuchen Sie es noch einmal",
  ],
  ["the list would be too long", "die Liste würde zu lang"],
  [
    "people have joined the line: a list can no longer say who may come",
    "es haben sich schon Leute in die Schlange eingetragen: Eine Liste kann nicht mehr bestimmen, wer kommen darf",
  ],
  [
    "the sale has begun: its tiers can no longer be changed",
    "der Verkauf hat begonnen: Seine Stufen lassen sich nicht mehr ändern",
  ],
  ["kind must be everybody, listed or listed_first", "muss alle, nur Gäste oder Gäste zuerst sein"],
  ["by must be addresses or codes", "müssen Adressen oder Codes sein"],
  [
    "must name a tier: without one nobody comes first",
    "muss eine Stufe nennen: Ohne sie kommt niemand zuerst",
  ],
  [
    "need the mode open: in a line everybody is in the same lists",
    "brauchen die Art „offen“: In einer Schlange stehen alle in denselben Listen",
  ],
  ["must have names that differ", "müssen verschieden heißen"],
  ["must start before the sale itself", "müssen vor dem Verkauf selbst beginnen"],
  ["at most {} tiers", "höchstens {} Stufen"],
  [
    "must have no comma, semicolon, quote or line break",
    "darf kein Komma, Semikolon, Anführungszeichen und keinen Zeilenumbruch haben",
  ],
  ["must be at most {} characters", "höchstens {} Zeichen"],
  ["must be add, remove or replace", "muss hinzufügen, wegnehmen oder ersetzen sein"],
  ["must be the text of a CSV file", "muss der Text einer CSV-Datei sein"],
  ["must be at most 1.2 MB", "höchstens 1,2 MB"],
  ["must name the columns: {} is missing", "muss die Spalten nennen: {} fehlt"],
  ["is followed by no row", "hat keine Zeile hinter sich"],
  ["is beyond the {} rows of one file", "liegt hinter den {} Zeilen einer Datei"],
  ["is the same guest as line {}", "ist derselbe Gast wie Zeile {}"],
  ["has a quote that is left open", "hat ein Anführungszeichen, das offen bleibt"],
  ["names a tier that the sale does not have: {}", "nennt eine Stufe, die der Verkauf nicht hat: {}"],
  ["uses must be a whole number from 1 to {}", "uses muss eine ganze Zahl von 1 bis {} sein"],
  ["must have letters and digits alone", "darf nur Buchstaben und Ziffern haben"],
  ["must have at least {} letters and digits", "muss mindestens {} Buchstaben und Ziffern haben"],
  ["and {} lines from here on are wrong", "und {} Zeilen ab hier sind falsch"],
  ["must be an e-mail address", "muss eine E-Mail-Adresse sein"],
  // Refused changes.
  [
    "The list closes or has closed: nothing is moved any more",
    "Die Liste schließt oder ist geschlossen: Nichts wird mehr verschoben",
  ],
  ["Nobody with this address is in the open list", "Mit dieser Adresse steht niemand in der offenen Liste"],
  ["This entry is not checked later", "Dieser Eintrag wird nicht später geprüft"],
  [
    "No more single entries of this list can be moved: move a reason",
    "In dieser Liste lassen sich keine einzelnen Einträge mehr zurückstellen: Heben Sie einen Grund auf",
  ],
  [
    "A draw has one list, which closes at its announced time",
    "Eine Ziehung hat eine Liste, und die schließt zur angekündigten Zeit",
  ],
  ["There is no such sale, or it has no line", "Es gibt keinen solchen Verkauf, oder er hat keine Schlange"],
  ["There is no such sale", "Es gibt keinen solchen Verkauf"],
  ["There is no such picture", "Es gibt kein solches Bild"],
  ["Recorded, and in force within seconds", "Verzeichnet, und in Sekunden in Kraft"],
  ["the sale has ended for good", "der Verkauf ist endgültig beendet"],
  ["the sale is retired: bring it back first", "der Verkauf ist abgelegt: Holen Sie ihn zuerst zurück"],
  [
    "a sale is retired by itself: ask for its other changes before",
    "ein Verkauf wird für sich allein abgelegt: Ändern Sie zuvor, was sonst zu ändern ist",
  ],
  ["the sale is a draft: publish it first", "der Verkauf ist ein Entwurf: Veröffentlichen Sie ihn zuerst"],
  [
    "a sale that was published is never a draft again",
    "ein veröffentlichter Verkauf wird nicht wieder zum Entwurf",
  ],
  [
    "only a sale that is over can be retired; one that has just ended is closed within a minute",
    "nur ein Verkauf, der vorbei ist, kann abgelegt werden; einer, der gerade endete, ist binnen einer Minute abgeschlossen",
  ],
  ["the sale cannot be published yet: {}", "der Verkauf kann noch nicht veröffentlicht werden"],
  ["must be in the future, or none", "muss in der Zukunft liegen, oder keines"],
  ["must be in the future", "muss in der Zukunft liegen"],
  ["must be at most {}, which is all there is", "höchstens {}, mehr gibt es nicht"],
  [
    "The sale is a draft: no other store knows of it",
    "Der Verkauf ist ein Entwurf: Kein anderer Speicher kennt ihn",
  ],
  ["endsAt must be after startsAt", "das Ende muss nach dem Beginn liegen"],
  ["startsAt must be before endsAt", "der Beginn muss vor dem Ende liegen"],
  [
    "what a sale shows can be changed {} times once it has begun",
    "was ein Verkauf zeigt, lässt sich nach seinem Beginn {}-mal ändern",
  ],
  [
    "the sale has begun: its start can no longer be moved",
    "der Verkauf hat begonnen: Sein Beginn lässt sich nicht mehr verschieben",
  ],
  [
    "the sale has begun: its price can no longer be changed",
    "der Verkauf hat begonnen: Sein Preis lässt sich nicht mehr ändern",
  ],
  [
    "the sale has begun: its mode can no longer be changed",
    "der Verkauf hat begonnen: Wie eingelassen wird, lässt sich nicht mehr ändern",
  ],
  [
    "the sale has begun: how it is paid for can no longer be changed",
    "der Verkauf hat begonnen: Wie bezahlt wird, lässt sich nicht mehr ändern",
  ],
  [
    "payment needs a priceMinor of {} or more: payment providers take no less",
    "bezahlt werden kann erst ab einem Preis von {} in der kleinsten Einheit: Weniger nehmen Zahlungsanbieter nicht an",
  ],
  [
    "the sale has begun: its purchase limit can no longer be lowered",
    "der Verkauf hat begonnen: Die Grenze pro Käufer lässt sich nicht mehr senken",
  ],
  [
    "{} units are taken: the allocation cannot go below that",
    "{} Stück sind vergeben: Darunter kann die Stückzahl nicht sinken",
  ],
  [
    "the sale is archived: move its end first, and change this once it is back",
    "der Verkauf liegt im Archiv: Verschieben Sie zuerst sein Ende, und ändern Sie dies, wenn er zurück ist",
  ],
  [
    "somebody has joined the line: mode can no longer be changed",
    "jemand hat sich eingetragen: Wie eingelassen wird, lässt sich nicht mehr ändern",
  ],
  [
    "list 0 has closed: the settings of mode can no longer be changed",
    "die erste Liste ist geschlossen: Die Einstellungen der Schlange lassen sich nicht mehr ändern",
  ],
  [
    "the line has begun: its pace is changed at the line itself",
    "die Schlange hat begonnen: Ihr Tempo wird an der Schlange selbst geändert",
  ],
  [
    "Nobody has joined yet: change the sale's mode instead",
    "Noch hat sich niemand eingetragen: Ändern Sie stattdessen die Einstellungen des Verkaufs",
  ],
  ["The line has ended", "Die Schlange ist beendet"],
  // Orders, and what is read.
  [
    "This sale has no such order; name its buyerId too if the order is of the last moments",
    "Dieser Verkauf hat keine solche Bestellung; ist sie erst Augenblicke alt, muss auch ihr Käufer genannt werden",
  ],
  [
    "The records of this sale have no such order, or not yet",
    "Die Bücher dieses Verkaufs haben keine solche Bestellung, oder noch nicht",
  ],
  [
    "The stores are still being compared; ask again, or run `ops reconcile` for a sale as large as this",
    "Die Bücher werden noch verglichen; fragen Sie noch einmal, oder verwenden Sie `ops reconcile` für einen so großen Verkauf",
  ],
  [
    "The gate is lost or recovering: there is nothing to compare with yet",
    "Der Verkauf wird gerade neu gezählt: Noch gibt es nichts zu vergleichen",
  ],
  ["No answer from: {}", "Keine Antwort von: {}"],
  ["The limit is {} bytes", "Die Grenze ist {} Byte"],
  [
    "With the session cookie only this site's own pages may ask for this (Origin, Sec-Fetch-Site); send a bearer token instead",
    "Mit dem Cookie der Anmeldung dürfen das nur die eigenen Seiten dieser Website verlangen",
  ],
  // Wrong fields.
  ["must be at most {}, all units of the order", "höchstens {}, alle Stücke der Bestellung"],
  ["must be at most {} in this sale", "höchstens {} in diesem Verkauf"],
  ["must be at most {} bytes before base64", "höchstens {} Byte"],
  ["must be at most {} bytes", "höchstens {} Byte"],
  ["must be at most {}", "höchstens {}"],
  ["must be at least {}", "mindestens {}"],
  ["must be two minutes or more before startsAt", "muss zwei Minuten oder mehr vor dem Beginn liegen"],
  [
    "must be half a minute or more after closesAt",
    "muss eine halbe Minute oder mehr nach dem Schluss der Liste liegen",
  ],
  ["must not be after startsAt", "darf nicht nach dem Beginn liegen"],
  ["must be a whole number", "muss eine ganze Zahl sein"],
  ["must be a number", "muss eine Zahl sein"],
  ["must be text", "muss Text sein"],
  ["must be true or false", "muss ja oder nein sein"],
  ["must be true (taken off sale) or false (on sale again)", "muss ja oder nein sein"],
  ["must be an ISO 4217 code such as EUR", "muss ein Währungscode sein wie EUR"],
  ["must be an ISO 8601 time such as {}", "muss eine Zeit sein wie {}"],
  ["must be a time that is in the calendar", "muss eine Zeit sein, die es im Kalender gibt"],
  [
    "must be a mail address, or an order id, buyer id, request id or trace id, or the beginning of one",
    "muss eine E-Mail-Adresse sein oder der Anfang einer Nummer: Bestellung, Käufer, Anfrage oder trace",
  ],
  ["must be one of {}", "muss eines von diesen sein: {}"],
  ["must be json or csv", "muss json oder csv sein"],
  ["must be JSON", "muss JSON sein"],
  ["must be the id of a picture that was stored", "muss ein Bild sein, das gespeichert wurde"],
  ["must be the file in base64", "muss die Datei in base64 sein"],
  ["must be webp or jpeg", "muss webp oder jpeg sein"],
  ["must be a file of type {}", "muss eine Datei der Art {} sein"],
  ["must be {} × {} pixels, not {} × {}", "muss {} × {} Pixel haben, nicht {} × {}"],
  [
    "must be one whole file, with nothing missing and nothing after its end",
    "muss eine ganze Datei sein, ohne etwas davon wegzulassen oder anzuhängen",
  ],
  ["must not move", "darf sich nicht bewegen"],
  ["must say what the picture shows", "muss sagen, was das Bild zeigt"],
  ["must look like {}", "muss aussehen wie {}"],
  ["must not be empty", "darf nicht leer sein"],
  ["must not have a zero character", "darf kein Nullzeichen enthalten"],
  ["must not have half a character (a lone surrogate)", "darf kein halbes Zeichen enthalten"],
  ["must not have control characters", "darf keine Steuerzeichen enthalten"],
  ["must change at least one field", "muss mindestens ein Feld ändern"],
  ["kind must be open, waiting_room or draw", "muss offen, Warteraum oder Verlosung sein"],
  ["is required: say why, for the audit log", "fehlt: Sagen Sie, warum"],
  [
    "is required: send a new UUID for each intent, and the same one when you repeat it",
    "fehlt: eine neue UUID für jede Absicht, und dieselbe, wenn sie wiederholt wird",
  ],
  [
    "must be 8 to 128 printable ASCII characters without spaces, such as a UUID",
    "muss 8 bis 128 druckbare Zeichen ohne Leerzeichen haben, etwa eine UUID",
  ],
  ["{} is none of its renditions", "{} gehört nicht zu seinen Größen"],
  ["{} is missing", "{} fehlt"],
  // What valibot says by itself.
  ["Invalid value: Expected >={} but received {}", "mindestens {}, nicht {}"],
  ["Invalid value: Expected <={} but received {}", "höchstens {}, nicht {}"],
  ["Invalid length: Expected <={} but received {}", "höchstens {} Zeichen, nicht {}"],
  ["Invalid length: Expected >={} but received {}", "mindestens {} Zeichen, nicht {}"],
  ["Invalid key: Expected never but received {}", "{} gibt es hier nicht"],
  ["Invalid key: Expected {} but received undefined", "{} fehlt"],
  ["Invalid type: Expected {} but received undefined", "fehlt"],
  ["Invalid type: Expected {} but received {}", "muss {} sein, nicht {}"],
  // Why everything was counted anew.
  [
    "the gate is lost: no keys, or those of another Redis life",
    "der Zähler ging verloren (die Schlüssel fehlen, oder sie sind von einem früheren Redis)",
  ],
  [
    "the gate counts fewer units than there are orders",
    "der Zähler kannte weniger Stücke, als es Bestellungen gibt",
  ],
  ["a recovery was begun and not finished", "eine neue Zählung war begonnen und nicht beendet worden"],
  ["the stock is not conserved: {}", "die Stückzahlen ergaben nicht die Summe: {}"],
  ["the gate has lost buyers", "dem Zähler fehlten Käufer"],
  ["the gate is of epoch {}, the sale of {}", "der Zähler war aus der Epoche {}, der Verkauf schon in {}"],
  ["an operator asked for it", "ein Betreiber wollte es"],
  // What must be equal.
  [
    "available + held + sold + withheld = allocated",
    "übrig + zurückgelegt + verkauft + nicht im Verkauf = im Verkauf",
  ],
  ["sold in the gate = units of its buyers", "im gate vergeben = Stücke seiner Käufer"],
  ["gate = ledger + outbox + to be given back", "gate = ledger + outbox + noch zurückzugeben"],
  ["ledger = order rows + in flight", "ledger = Ihre Bücher + unterwegs"],
  [
    "ledger = order rows + unpaid holds + in flight",
    "ledger = Ihre Bücher + unbezahlte Reservierungen + unterwegs",
  ],
  ["sales.sold = order rows", "Zähler der Datenbank = Ihre Bücher"],
  ["withheld in the gate = order rows", "nicht im Verkauf: gate = Ihre Bücher"],
];
