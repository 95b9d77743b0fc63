import { c as renderComponent, f as renderSlot, g as maybeRenderHead, h as renderTemplate, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, o as createComponent, t as $$Base } from "./base_Ex9HlZyp.mjs";
import { t as $$SignIn } from "./sale_CPLqPFDy.mjs";
import { n as localeOfPath, r as localePath } from "./shared_BBMJh1-A.mjs";
// web/texts/de/problems.ts
/** What the API's refusals are in German, by kind. */
var problems = {
	invalid_request: "Die Anfrage ist nicht gültig",
	unauthenticated: "Melden Sie sich zuerst an",
	forbidden: "Ihre Rolle erlaubt das nicht",
	not_open: "Der Verkauf hat noch nicht begonnen",
	not_your_turn: "Sie sind nicht an der Reihe",
	not_found: "So etwas gibt es hier nicht",
	method_not_allowed: "Auf diese Weise geht es hier nicht",
	sold_out: "Alle Stücke sind verkauft",
	ended: "Der Verkauf ist beendet",
	line_closed: "In diese Schlange trägt sich niemand mehr ein",
	conflict: "So, wie es jetzt steht, geht das nicht",
	body_too_large: "Die Anfrage ist zu groß",
	unsupported_media_type: "Die Anfrage muss application/json sein",
	key_reused: "Dieser Idempotency-Key gehörte schon zu einer anderen Anfrage",
	rate_limited: "Zu viele Versuche; warten Sie einen Moment",
	internal: "Bei uns ist etwas kaputtgegangen; die Betreiber wissen davon",
	paused: "Der Verkauf ist angehalten",
	recovering: "Der Verkauf prüft seine Bücher",
	lost: "Der Verkauf prüft seine Bücher",
	outcome_unknown: "Wir wissen es noch nicht; fragen Sie mit demselben Idempotency-Key noch einmal",
	join_unknown: "Wir wissen nicht, ob Sie eingetragen sind; fragen Sie noch einmal",
	unavailable: "Das lässt sich gerade nicht beantworten; fragen Sie noch einmal"
};
// web/texts/de/sayings.ts
/** What the API and the guardian say to operators in English, and what it is in German. The first that fits counts. */
var sayings = [
	["The list closes or has closed: nothing is moved any more", "Die Liste schließt oder ist geschlossen: Nichts wird mehr verschoben"],
	["Nobody with this address is in the open list", "Mit dieser Adresse steht niemand in der offenen Liste"],
	["This entry is not checked later", "Dieser Eintrag wird nicht später geprüft"],
	["No more single entries of this list can be moved: move a reason", "In dieser Liste lassen sich keine einzelnen Einträge mehr zurückstellen: Heben Sie einen Grund auf"],
	["A draw has one list, which closes at its announced time", "Eine Ziehung hat eine Liste, und die schließt zur angekündigten Zeit"],
	["There is no such sale, or it has no line", "Es gibt keinen solchen Verkauf, oder er hat keine Schlange"],
	["There is no such sale", "Es gibt keinen solchen Verkauf"],
	["There is no such picture", "Es gibt kein solches Bild"],
	["Recorded, and in force within seconds", "Verzeichnet, und in Sekunden in Kraft"],
	["the sale has ended for good", "der Verkauf ist endgültig beendet"],
	["the sale is retired: bring it back first", "der Verkauf ist abgelegt: Holen Sie ihn zuerst zurück"],
	["the sale is a draft: publish it first", "der Verkauf ist ein Entwurf: Veröffentlichen Sie ihn zuerst"],
	["a sale that was published is never a draft again", "ein veröffentlichter Verkauf wird nicht wieder zum Entwurf"],
	["only a sale that is over can be retired; one that has just ended is closed within a minute", "nur ein Verkauf, der vorbei ist, kann abgelegt werden; einer, der gerade endete, ist binnen einer Minute abgeschlossen"],
	["the sale cannot be published yet: {}", "der Verkauf kann noch nicht veröffentlicht werden"],
	["must be in the future, or none", "muss in der Zukunft liegen, oder keines"],
	["must be in the future", "muss in der Zukunft liegen"],
	["must be at most {}, which is all there is", "höchstens {}, mehr gibt es nicht"],
	["The sale is a draft: no other store knows of it", "Der Verkauf ist ein Entwurf: Kein anderer Speicher kennt ihn"],
	["endsAt must be after startsAt", "das Ende muss nach dem Beginn liegen"],
	["startsAt must be before endsAt", "der Beginn muss vor dem Ende liegen"],
	["what a sale shows can be changed {} times once it has begun", "was ein Verkauf zeigt, lässt sich nach seinem Beginn {}-mal ändern"],
	["the sale has begun: its start can no longer be moved", "der Verkauf hat begonnen: Sein Beginn lässt sich nicht mehr verschieben"],
	["the sale has begun: its price can no longer be changed", "der Verkauf hat begonnen: Sein Preis lässt sich nicht mehr ändern"],
	["the sale has begun: its mode can no longer be changed", "der Verkauf hat begonnen: Wie eingelassen wird, lässt sich nicht mehr ändern"],
	["the sale has begun: its purchase limit can no longer be lowered", "der Verkauf hat begonnen: Die Grenze pro Käufer lässt sich nicht mehr senken"],
	["{} units are taken: the allocation cannot go below that", "{} Stück sind vergeben: Darunter kann die Stückzahl nicht sinken"],
	["the sale is archived: move its end first, and change this once it is back", "der Verkauf liegt im Archiv: Verschieben Sie zuerst sein Ende, und ändern Sie dies, wenn er zurück ist"],
	["somebody has joined the line: mode can no longer be changed", "jemand hat sich eingetragen: Wie eingelassen wird, lässt sich nicht mehr ändern"],
	["list 0 has closed: the settings of mode can no longer be changed", "die erste Liste ist geschlossen: Die Einstellungen der Schlange lassen sich nicht mehr ändern"],
	["the line has begun: its pace is changed at the line itself", "die Schlange hat begonnen: Ihr Tempo wird an der Schlange selbst geändert"],
	["Nobody has joined yet: change the sale's mode instead", "Noch hat sich niemand eingetragen: Ändern Sie stattdessen die Einstellungen des Verkaufs"],
	["The line has ended", "Die Schlange ist beendet"],
	["This sale has no such order; name its buyerId too if the order is of the last moments", "Dieser Verkauf hat keine solche Bestellung; ist sie erst Augenblicke alt, muss auch ihr Käufer genannt werden"],
	["The records of this sale have no such order, or not yet", "Die Bücher dieses Verkaufs haben keine solche Bestellung, oder noch nicht"],
	["The stores are still being compared; ask again, or run `ops reconcile` for a sale as large as this", "Die Bücher werden noch verglichen; fragen Sie noch einmal, oder verwenden Sie `ops reconcile` für einen so großen Verkauf"],
	["The gate is lost or recovering: there is nothing to compare with yet", "Der Verkauf wird gerade neu gezählt: Noch gibt es nichts zu vergleichen"],
	["No answer from: {}", "Keine Antwort von: {}"],
	["The limit is {} bytes", "Die Grenze ist {} Byte"],
	["With the session cookie only this site's own pages may ask for this (Origin, Sec-Fetch-Site); send a bearer token instead", "Mit dem Cookie der Anmeldung dürfen das nur die eigenen Seiten dieser Website verlangen"],
	["must be at most {}, all units of the order", "höchstens {}, alle Stücke der Bestellung"],
	["must be at most {} in this sale", "höchstens {} in diesem Verkauf"],
	["must be at most {} bytes before base64", "höchstens {} Byte"],
	["must be at most {} characters", "höchstens {} Zeichen"],
	["must be at most {} bytes", "höchstens {} Byte"],
	["must be at most {}", "höchstens {}"],
	["must be at least {}", "mindestens {}"],
	["must be two minutes or more before startsAt", "muss zwei Minuten oder mehr vor dem Beginn liegen"],
	["must be half a minute or more after closesAt", "muss eine halbe Minute oder mehr nach dem Schluss der Liste liegen"],
	["must not be after startsAt", "darf nicht nach dem Beginn liegen"],
	["must be a whole number", "muss eine ganze Zahl sein"],
	["must be a number", "muss eine Zahl sein"],
	["must be text", "muss Text sein"],
	["must be true or false", "muss ja oder nein sein"],
	["must be true (taken off sale) or false (on sale again)", "muss ja oder nein sein"],
	["must be an ISO 4217 code such as EUR", "muss ein Währungscode sein wie EUR"],
	["must be an ISO 8601 time such as {}", "muss eine Zeit sein wie {}"],
	["must be a time that is in the calendar", "muss eine Zeit sein, die es im Kalender gibt"],
	["must be a mail address, or an order id, buyer id, request id or trace id, or the beginning of one", "muss eine E-Mail-Adresse sein oder der Anfang einer Nummer: Bestellung, Käufer, Anfrage oder trace"],
	["must be one of {}", "muss eines von diesen sein: {}"],
	["must be json or csv", "muss json oder csv sein"],
	["must be JSON", "muss JSON sein"],
	["must be the id of a picture that was stored", "muss ein Bild sein, das gespeichert wurde"],
	["must be the file in base64", "muss die Datei in base64 sein"],
	["must be webp or jpeg", "muss webp oder jpeg sein"],
	["must be a file of type {}", "muss eine Datei der Art {} sein"],
	["must be {} × {} pixels, not {} × {}", "muss {} × {} Pixel haben, nicht {} × {}"],
	["must be one whole file, with nothing missing and nothing after its end", "muss eine ganze Datei sein, ohne etwas davon wegzulassen oder anzuhängen"],
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
	["is required: send a new UUID for each intent, and the same one when you repeat it", "fehlt: eine neue UUID für jede Absicht, und dieselbe, wenn sie wiederholt wird"],
	["must be 8 to 128 printable ASCII characters without spaces, such as a UUID", "muss 8 bis 128 druckbare Zeichen ohne Leerzeichen haben, etwa eine UUID"],
	["{} is none of its renditions", "{} gehört nicht zu seinen Größen"],
	["{} is missing", "{} fehlt"],
	["Invalid value: Expected >={} but received {}", "mindestens {}, nicht {}"],
	["Invalid value: Expected <={} but received {}", "höchstens {}, nicht {}"],
	["Invalid length: Expected <={} but received {}", "höchstens {} Zeichen, nicht {}"],
	["Invalid length: Expected >={} but received {}", "mindestens {} Zeichen, nicht {}"],
	["Invalid key: Expected never but received {}", "{} gibt es hier nicht"],
	["Invalid key: Expected {} but received undefined", "{} fehlt"],
	["Invalid type: Expected {} but received undefined", "fehlt"],
	["Invalid type: Expected {} but received {}", "muss {} sein, nicht {}"],
	["the gate is lost: no keys, or those of another Redis life", "der Zähler ging verloren (die Schlüssel fehlen, oder sie sind von einem früheren Redis)"],
	["the gate counts fewer units than there are orders", "der Zähler kannte weniger Stücke, als es Bestellungen gibt"],
	["a recovery was begun and not finished", "eine neue Zählung war begonnen und nicht beendet worden"],
	["the stock is not conserved: {}", "die Stückzahlen ergaben nicht die Summe: {}"],
	["the gate has lost buyers", "dem Zähler fehlten Käufer"],
	["the gate is of epoch {}, the sale of {}", "der Zähler war aus der Epoche {}, der Verkauf schon in {}"],
	["an operator asked for it", "ein Betreiber wollte es"],
	["available + held + sold + withheld = allocated", "übrig + zurückgelegt + verkauft + nicht im Verkauf = im Verkauf"],
	["sold in the gate = units of its buyers", "im gate vergeben = Stücke seiner Käufer"],
	["gate = ledger + outbox + to be given back", "gate = ledger + outbox + noch zurückzugeben"],
	["ledger = order rows + in flight", "ledger = Ihre Bücher + unterwegs"],
	["sales.sold = order rows", "Zähler der Datenbank = Ihre Bücher"],
	["withheld in the gate = order rows", "nicht im Verkauf: gate = Ihre Bücher"]
];
// web/texts/de/console.ts
var units = (n) => `${n} Stück`;
var pixels$1 = ({ width, height }) => `${width} × ${height}`;
/** All words of the console, in German. */
var consoleTexts$2 = {
	title: "Konsole",
	unknown: "–",
	request: "Anfrage",
	noAnswer: "Es kam keine Antwort. Was verlangt wurde, kann trotzdem geschehen sein; sehen Sie noch einmal nach.",
	checking: "Es wird geprüft, wer Sie sind …",
	signIn: "Melden Sie sich mit der Adresse eines Betreibers an.",
	notStaff: "Dieses Konto gehört nicht zu den Betreibern. Melden Sie sich ab und mit einer anderen Adresse an.",
	signOut: "Abmelden",
	problems,
	sayings,
	fields: {
		name: "Name",
		description: "Beschreibung",
		"name.en": "Name auf Englisch",
		"description.en": "Beschreibung auf Englisch",
		"name.de": "Name auf Deutsch",
		"description.de": "Beschreibung auf Deutsch",
		priceMinor: "Preis in der kleinsten Einheit (Cent)",
		currency: "Währung",
		allocated: "Stück im Verkauf",
		purchaseLimit: "Stück pro Käufer",
		attemptLimit: "Versuche pro Käufer in zehn Sekunden",
		startsAt: "Beginn",
		endsAt: "Ende",
		mode: "Wie eingelassen wird",
		closesAt: "Schluss der ersten Liste",
		resultAt: "Ergebnis der Verlosung",
		listSeconds: "Sekunden bis zum Schluss der nächsten Liste",
		turnSeconds: "Sekunden an der Reihe",
		admissionsPerSecond: "Einlass pro Sekunde",
		mostInside: "Höchstens gleichzeitig drin",
		message: "Nachricht",
		isPaused: "Schlange angehalten",
		picture: "Bild",
		pictureAlt: "Was das Bild zeigt",
		state: "Zustand",
		visibility: "Wer ihn sieht",
		units: "Stück",
		reason: "Grund",
		search: "Suche"
	},
	roles: {
		shopper: "Käufer",
		viewer: "nur Ansicht",
		operator: "Betreiber",
		admin: "Verwalter"
	},
	secondsAgo: (n) => `vor ${n} s`,
	minutesAgo: (n) => `vor ${n} min`,
	hoursAgo: (n) => `vor ${n} h`,
	list: {
		heading: "Verkäufe",
		create: "Neuer Verkauf",
		empty: "Es gibt noch keinen Verkauf.",
		search: {
			search: "Name des Verkaufs oder Anfang seiner Nummer",
			find: "Suchen",
			all: "Alle",
			phases: {
				scheduled: "Demnächst",
				open: "Läuft",
				sold_out: "Ausverkauft",
				paused: "Angehalten",
				ended: "Beendet"
			},
			visibilities: {
				not_retired: "Alle außer abgelegten",
				draft: "Entwürfe",
				listed: "In den Listen",
				unlisted: "Nur mit Adresse",
				retired: "Abgelegt"
			},
			none: "So einen Verkauf gibt es nicht.",
			shown: (shown, found) => `${shown} von ${found} gezeigt, neueste zuerst`,
			first: "Erste Seite",
			more: "Nächste Seite"
		},
		columns: {
			name: "Verkauf",
			phase: "Phase",
			visibility: "Wer ihn sieht",
			sold: "Verkauft",
			available: "Übrig",
			allocated: "Im Verkauf",
			rows: "In Ihren Büchern",
			outbox: "Unterwegs",
			starts: "Beginn"
		},
		technical: {
			rows: "order rows",
			outbox: "outbox"
		}
	},
	live: {
		all: "Alle Verkäufe",
		asOf: (time) => `Stand ${time}, nach der Uhr des Servers`,
		ofAllocated: (n) => `von ${n} Stück`,
		held: "Stück zurückgelegt, noch nicht bezahlt",
		withheld: "zurückgekommen, nicht im Verkauf",
		available: "Stück hat noch niemand",
		noGate: "wird gerade neu gezählt",
		accepted: "Stück vergeben: verkauft oder zurückgelegt",
		allWritten: "Stück in Ihren Büchern: alle",
		written: "Stück in Ihren Büchern",
		behind: (n) => `Stück in Ihren Büchern: ${n} fehlen noch`,
		rejected: "Bestellungen, die Ihre Bücher nicht annahmen",
		returned: "Bestellungen, von denen alles zurückkam",
		outbox: "Bestellungen entschieden, noch nicht weitergegeben",
		queue: (n) => `Bestellungen aller Verkäufe, ${n} werden gerade eingetragen`,
		noQueue: "die Warteschlange antwortet nicht",
		dead: "Bestellungen, die nicht durchkommen; nicht verloren",
		never: "nie",
		guardianWell: "zuletzt am Werk gesehen",
		guardianLate: "zuletzt gesehen: Niemand sieht nach den Verkäufen",
		compared: (ago) => `Stück, in denen die Bücher abweichen, verglichen ${ago}`,
		notCompared: "die Bücher wurden noch nicht verglichen",
		ready: "Bereit",
		notReady: "Nicht bereit",
		allStores: "jeder Speicher antwortet",
		noEnd: "bis er beendet wird",
		attemptLimit: (n) => `${n} in zehn Sekunden`,
		epoch: (epoch, revision) => `${epoch} · Fassung ${revision}`,
		recovery: (one) => `${one.when}: ${one.why}. ${one.buyers} Käufer und ${units(one.soldUnits)} neu gezählt, ${one.republished} Bestellungen noch einmal weitergegeben; dauerte ${one.took} s; Epoche ${one.epoch}.`,
		noRecoveries: "Keine: Seit es den Verkauf gibt, musste nichts neu gezählt werden.",
		tiles: {
			revenue: "Umsatz",
			sold: "Verkauft",
			held: "Zurückgelegt",
			withheld: "Nicht im Verkauf",
			available: "Übrig",
			accepted: "Angenommen",
			rows: "In Ihren Büchern",
			rejected: "Abgelehnt",
			returned: "Storniert",
			outbox: "Unterwegs",
			queue: "Einzutragen",
			dead: "Hängen fest",
			drift: "Abweichungen",
			guardian: "Aufsicht",
			ready: "Systeme"
		},
		technical: {
			withheld: "withheld",
			accepted: "gate",
			rows: "order rows",
			outbox: "outbox",
			queue: "queue",
			dead: "dead letters",
			drift: "drift",
			guardian: "guardian",
			ready: "stores",
			epoch: "epoch"
		},
		meaning: "Was die kleinen Wörter bedeuten",
		meanings: [
			["gate", "Der Zähler, der in einem Schritt entscheidet, wer ein Stück bekommt. Er vergibt nie mehr, als es gibt."],
			["ledger", "Der Tresor, in dem jedes Versprechen an einen Käufer liegt. Geht der Zähler verloren, wird er daraus neu gezählt."],
			["outbox", "Bestellungen, die der Zähler entschieden hat und die noch nicht weitergegeben sind. Sie leert sich in Sekunden von selbst."],
			["queue", "Bestellungen, die darauf warten, in Ihre Bücher eingetragen zu werden."],
			["order rows", "Ihre Bücher: eine Zeile für jede Bestellung, in Ihrer eigenen Datenbank."],
			["dead letters", "Bestellungen, die sich in mehreren Versuchen nicht eintragen ließen. Sie bleiben erhalten; ein Betreiber schickt sie noch einmal los."],
			["drift", "Stück, über die Zähler, Tresor und Ihre Bücher sich nicht einig sind. 0 heißt: Jedes Stück ist nachgewiesen."],
			["epoch", "Wie oft neu gezählt wurde. Keine Bestellung geht dadurch verloren."],
			["guardian", "Was alle paar Sekunden nach jedem Verkauf sieht und zu Ende bringt, was eine Störung liegen ließ."],
			["trace", "Die Nummer, unter der in den Protokollen alles steht, was in einer Anfrage geschah."]
		],
		rates: "Kaufversuche pro Sekunde",
		ratesNote: "Nach Ausgang, über die letzten zwei Minuten, wie das Gate sie zählt. Was aus dem Gedächtnis beantwortet wird, vor dem Beginn und wenn ausverkauft ist, erreicht es nie.",
		inAll: (n) => `/ s · ${n} insgesamt`,
		noChart: "Dieser Browser kann die Kurve nicht zeichnen; die Zahlen oben sind alles, was sie zeigen würde.",
		lines: {
			reserved: "Vergeben",
			soldOut: "Ausverkauft",
			alreadyBought: "Schon gekauft",
			overLimit: "Über der Grenze",
			rateLimited: "Zu viele Versuche",
			rowsWritten: "In Ihre Bücher eingetragen"
		},
		recoveries: "Neu gezählt",
		settings: "Einstellungen",
		set: {
			starts: "Beginn",
			ends: "Ende",
			price: "Preis",
			allocated: "Stück",
			limit: "Stück pro Käufer",
			attempts: "Versuche pro Käufer",
			epoch: "Neu gezählt",
			id: "Nummer des Verkaufs"
		}
	},
	actions: {
		pause: "Anhalten",
		resume: "Fortsetzen",
		end: "Beenden …",
		edit: "Bearbeiten",
		clone: "Kopieren",
		allocation: "Neue Stückzahl",
		allocate: "Setzen",
		sending: "Wird gesendet …",
		waiting: "Verzeichnet. Der Verkauf geht noch nicht danach; wir sehen zu …",
		done: {
			pause: (ms) => `Angehalten. Vom Klick, bis nichts mehr verkauft wurde: ${ms} ms.`,
			resume: (ms) => `Fortgesetzt. Vom Klick, bis wieder verkauft wurde: ${ms} ms.`,
			end: (ms) => `Endgültig beendet. Vom Klick, bis nichts mehr verkauft wurde: ${ms} ms.`
		},
		noEffect: "Verzeichnet, aber der Verkauf geht noch nicht danach. Das kommt von selbst; achten Sie oben auf die Phase.",
		allocated: (before, after) => `Die Stückzahl wurde von ${before} auf ${after} geändert.`,
		allocationInvalid: "Geben Sie die neue Stückzahl als ganze Zahl ein.",
		endIt: "Den Verkauf beenden",
		endWhat: "Damit endet der Verkauf endgültig: Es wird nichts mehr verkauft, und er lässt sich nicht fortsetzen.",
		lowerWhat: (before, after) => `Damit sinkt die Stückzahl von ${before} auf ${after}: Was vergeben ist, bleibt, der Rest fällt weg.`,
		confirmLabel: "Tippen Sie den Namen des Verkaufs, um fortzufahren:",
		lowerIt: "Die Stückzahl senken",
		cancel: "Abbrechen",
		wrongName: "So heißt er nicht."
	},
	visibility: {
		draft: "Entwurf",
		listed: "In den Listen",
		unlisted: "Nur mit Adresse",
		retired: "Abgelegt"
	},
	shopPage: {
		heading: "Die Seite im Shop",
		now: {
			draft: "Ein Entwurf: Nur Betreiber sehen ihn. Für alle anderen gibt es diesen Verkauf nicht.",
			listed: "In den Listen: Alle sehen ihn.",
			unlisted: "Nur mit Adresse: Wer sie hat, sieht ihn; er steht in keiner Liste, und Suchmaschinen sollen ihn weglassen.",
			retired: "Abgelegt: Er steht in keiner Liste. Seine Seite und die Bestellungen seiner Käufer bleiben."
		},
		to: {
			draft: {
				draft: "",
				listed: "Veröffentlichen",
				unlisted: "Nur mit Adresse veröffentlichen",
				retired: "Entwurf ablegen"
			},
			listed: {
				draft: "",
				listed: "",
				unlisted: "Aus den Listen nehmen",
				retired: "Ablegen"
			},
			unlisted: {
				draft: "",
				listed: "In die Listen stellen",
				unlisted: "",
				retired: "Ablegen"
			},
			retired: {
				draft: "Als Entwurf zurückholen",
				listed: "Zurückholen",
				unlisted: "Nur mit Adresse zurückholen",
				retired: ""
			}
		},
		done: {
			draft: "Er ist wieder ein Entwurf.",
			listed: "Erledigt: In Sekunden sehen ihn alle.",
			unlisted: "Erledigt: In Sekunden sieht ihn, wer seine Adresse hat, und keine Liste nennt ihn.",
			retired: "Abgelegt. In der Liste der Verkäufe steht er unter „Abgelegt“."
		},
		address: "Adresse seiner Seite",
		open: "Seite im Shop öffnen",
		copy: "Link kopieren",
		copied: "Der Link ist kopiert.",
		notCopied: "Dieser Browser kopiert nicht von selbst. Der Link ist markiert: Kopieren Sie ihn mit der Tastatur.",
		preview: "Vorschau",
		previewNote: "Öffnet die Seite, wie Käufer sie sehen werden, für alle mit dem Link, 24 Stunden lang. Gekauft werden kann dort nichts.",
		makeLink: "Link zur Vorschau erstellen",
		previewAddress: (until) => `Link zur Vorschau, bis ${until}`,
		openPreview: "Vorschau öffnen",
		newTab: "öffnet einen neuen Tab"
	},
	preflight: {
		heading: "Bevor er öffnet",
		opensIn: (time) => `Öffnet in ${time}`,
		due: "Der Beginn ist vorbei.",
		draft: "Er öffnet, wenn er veröffentlicht ist.",
		days: (n) => n === 1 ? "1 Tag" : `${n} Tagen`,
		byServer: "Nach der Uhr des Servers.",
		run: "Jetzt prüfen",
		checking: "Alle Speicher werden gefragt …",
		verdicts: {
			go: "Bereit: Nichts spricht gegen die Öffnung.",
			no_go: "Nicht bereit: Kümmern Sie sich zuerst um das Markierte."
		},
		at: (time) => `Gefragt um ${time}.`,
		results: {
			go: "Bereit",
			no_go: "Nicht bereit",
			unknown: "Nicht bekannt"
		},
		found: "Befund",
		checks: {
			visibility: [
				"Käufer können ihn sehen.",
				"Käufer können ihn nicht sehen: Veröffentlichen Sie ihn, oder holen Sie ihn zurück.",
				""
			],
			sale: [
				"Er läuft und wird öffnen.",
				"Er ist angehalten oder vorbei: Setzen Sie ihn fort, oder verschieben Sie sein Ende.",
				""
			],
			gate: [
				"Der Zähler hat jedes Stück.",
				"Der Zähler (gate) ist nicht da oder hat zu wenig. Binnen einer Minute wird von selbst neu gezählt; prüfen Sie dann noch einmal. Bleibt es so, hilft `npm run ops -- recover` mit der Nummer des Verkaufs.",
				"Der Zähler sagt nichts."
			],
			settings: [
				"Der Zähler kennt die jetzigen Einstellungen.",
				"Der Zähler kennt nur ältere Einstellungen. In Sekunden bekommt er die neuen; prüfen Sie noch einmal.",
				"Über seine Einstellungen sagt der Zähler nichts."
			],
			clock: [
				"Alle Uhren stimmen überein.",
				"Die Uhren gehen um mehr als eine Sekunde auseinander: Sagen Sie es denen, die die Server betreiben.",
				"Die Uhr des Zählers ist nicht bekannt."
			],
			"dead letters": [
				"Keine Bestellung hängt fest.",
				"Bestellungen hängen fest. `npm run ops -- dead-letters list` zeigt sie, `redrive` sendet sie noch einmal.",
				"Ob Bestellungen festhängen, ist nicht bekannt: Die Warteschlange antwortet nicht."
			],
			"order queue": [
				"Keine Bestellung wartet darauf, geschrieben zu werden.",
				"Noch warten Bestellungen darauf, geschrieben zu werden. Warten Sie, bis es keine mehr sind, und prüfen Sie noch einmal.",
				"Ob Bestellungen warten, ist nicht bekannt: Die Warteschlange antwortet nicht."
			],
			guardian: [
				"Die Aufsicht ist bei der Arbeit.",
				"Niemand sieht nach den Verkäufen: Die Aufsicht (guardian) wurde zwei Minuten lang nicht gesehen. Im Runbook steht es unter „guardian“.",
				""
			],
			"gate size": [
				"Der Zähler ist groß genug.",
				"Der Zähler ist zu klein für den Andrang: Stellen Sie einen größeren bereit.",
				""
			],
			concurrency: [
				"Genug kann gleichzeitig laufen.",
				"Zu wenig kann gleichzeitig laufen: Bitten Sie AWS um eine höhere Grenze.",
				""
			],
			"API rate": [
				"Die API lässt den Andrang durch.",
				"Die API lässt zu wenig durch: Heben Sie ihre Grenze an.",
				""
			],
			alarms: [
				"Alle Alarme sind scharf und still.",
				"Ein Alarm läutet oder ist nicht scharf: Kümmern Sie sich zuerst darum.",
				""
			],
			warm: [
				"Genug ist vorgewärmt.",
				"Zu wenig ist vorgewärmt: Warten Sie einige Minuten, und prüfen Sie noch einmal.",
				"Vorgewärmt wird eine Viertelstunde vor der Öffnung."
			],
			"quotas, alarms and warmth": [
				"",
				"",
				"Größen, Grenzen und Alarme kennt nur AWS: Rufen Sie dort, von wo bereitgestellt wird, `npm run preflight` mit der Nummer des Verkaufs auf."
			]
		}
	},
	revenue: {
		heading: "Umsatz",
		sold: "Verkauft",
		returned: "Zurückgekommen",
		net: "Umsatz",
		row: (n, amount) => `${units(n)}, ${amount}`,
		note: (sold, returned) => `${sold} Stück verkauft, ${returned} kamen zurück`
	},
	line: {
		heading: "Schlange",
		table: "Einträge je Liste und Spur",
		none: "Noch ist keine Liste geschlossen, in die sich jemand eingetragen hat.",
		columns: [
			"Liste",
			"Einträge",
			"Waren dran",
			"Gekauft",
			"Verfallen",
			"Warten",
			"Anteil"
		],
		parts: {
			bought: "Gekauft",
			inside: "Drin",
			lapsed: "Verfallen",
			waiting: "Warten"
		},
		row: (list, lane) => lane === 0 ? list : `${list}, später geprüft`,
		numbers: {
			phase: "Phase",
			closes: "Schluss der ersten Liste",
			list: "Eingetragen wird in Liste",
			waiting: "Warten",
			inside: "Drin",
			admitted: "An der Reihe gewesen",
			bought: "Einträge, die kauften",
			lapsed: "Verfallen",
			log: "Protokoll",
			change: "Letzte Änderung"
		},
		phases: {
			joining: "die erste Liste ist offen",
			closing: "die erste Liste wird gelesen",
			drawing: "wartet auf die Zufallszahl",
			moving: "rückt vor",
			ended: "beendet"
		},
		nobodyJoins: "niemand trägt sich mehr ein",
		logLines: (lines, hash) => `${lines} Zeilen · ${hash}…`,
		admissionsPerSecond: "Einlass pro Sekunde",
		mostInside: "Höchstens gleichzeitig drin",
		message: "Nachricht an alle, die warten",
		set: "Setzen",
		pause: "Die Schlange anhalten",
		resume: "Wieder einlassen",
		sending: "Wird gesendet …",
		done: (ms) => `Getan und im öffentlichen Protokoll. Vom Klick, bis es in jeder Kopie stand: ${ms} ms.`,
		noEffect: "Es steht im öffentlichen Protokoll, aber noch nicht in der Kopie, die die Käufer bekommen.",
		wrongPace: "Geben Sie ein, wie viele pro Sekunde eingelassen werden; ein Bruchteil heißt: eine Person in mehreren Sekunden.",
		wrongCap: "Geben Sie eine ganze Zahl von Personen ein.",
		proof: "Der Nachweis der Reihenfolge",
		close: "Niemanden mehr aufnehmen",
		reopen: "Wieder aufnehmen",
		held: (seconds) => `Vom Klick, bis es gilt: höchstens ${seconds} s.`,
		heldLater: "Es gilt mit den Nächsten, die eingelassen werden.",
		changes: {
			pace: "Tempo",
			pause: "Halt",
			message: "Nachricht",
			joining: "Aufnahme"
		},
		noChange: "keine seit dem Beginn",
		changedBy: (what, role, moment, seconds) => seconds === null ? `${what}, ${role}, ${moment}` : `${what}, ${role}, ${moment}; galt ${seconds} s später`,
		course: "Seit diese Seite offen ist",
		courseNote: "Personen geschlossener Listen: wie viele warten, und wie viele an der Reihe waren, kauften oder verfallen ließen."
	},
	later: {
		heading: "Später geprüft",
		note: "Ein Verdacht stellt Einträge hinter die anderen ihrer Liste und vor die nächste Liste, und weist niemanden ab. Bis die Liste schließt, können Sie das aufheben; danach wird nichts mehr verschoben.",
		summary: (list, entries, lane1) => `Liste ${list}: ${entries} Einträge, ${lane1} davon später geprüft.`,
		closed: "Diese Liste ist geschlossen: Nichts wird mehr verschoben.",
		columns: {
			why: "Grund",
			entries: "Einträge",
			undone: "Zurückgestellt"
		},
		reasons: {
			address: "viele Käufer von einer Adresse",
			burst: "viele von einer Adresse binnen einer Minute",
			network: "viele aus einer Nachbarschaft von Adressen",
			no_puzzle: "kein Rätsel gelöst: ohne Skript oder aus eigener Wahl"
		},
		undo: "Zurückstellen",
		undoSure: (entries) => `Wirklich ${entries} zurückstellen, und wer noch deswegen dazukommt?`,
		isUndone: "zählt in dieser Liste nicht",
		email: "Ein Eintrag, nach der E-Mail-Adresse",
		undoOne: "Diesen Eintrag zurückstellen",
		noEmail: "Geben Sie die E-Mail-Adresse ein, mit der sich die Person anmeldet.",
		done: "Getan: Sie stehen unter den anderen ihrer Liste.",
		look: "Noch einmal nachsehen",
		asOf: (time) => `Stand ${time}`
	},
	orders: {
		heading: "Bestellungen",
		search: "E-Mail-Adresse oder der Anfang einer Nummer (Bestellung, Käufer, Anfrage, trace)",
		find: "Suchen",
		csv: "CSV herunterladen",
		first: "Erste Seite",
		more: "Nächste Seite",
		none: "Keine Bestellung gefunden.",
		shown: (n) => `${n} gezeigt, nach Platz`,
		collecting: "Wird gesammelt …",
		saved: "Gespeichert.",
		states: {
			confirmed: "bestätigt",
			rejected: "abgelehnt",
			returned: "storniert"
		},
		partlyReturned: "teilweise storniert",
		withheld: (n) => `${n} nicht im Verkauf`,
		left: (left, quantity) => `${left} von ${quantity}`,
		state: "Zustand",
		filters: {
			"": "Alle",
			confirmed: "Bestätigt",
			partly_returned: "Teilweise storniert",
			returned: "Storniert",
			rejected: "Abgelehnt"
		},
		columns: {
			place: "Platz",
			order: "Bestellung",
			buyer: "Käufer",
			units: "Stück",
			total: "Summe",
			state: "Zustand",
			reserved: "Vergeben",
			trace: "trace"
		}
	},
	order: {
		heading: (orderId) => `Bestellung ${orderId}`,
		now: (count, state, buyerId) => `Stück: ${count}, ${state}. Käufer ${buyerId}.`,
		history: "Was aus ihr wurde",
		events: {
			confirmed: "Bestätigt",
			rejected: "Abgelehnt",
			returned: "Stücke zurückgenommen",
			wish_refused: "Wunsch abgelehnt"
		},
		why: {
			too_many_units: "mehr Stück, als sie noch hatte",
			not_confirmed: "sie ist nicht bestätigt",
			over_purchase_limit: "der Käufer hat schon so viele Stück, wie eine Person haben darf",
			beyond_allocation: "als sie gezählt wurde, war kein Stück mehr da",
			stale_epoch: "als alles neu gezählt war, war kein Stück mehr für sie da",
			conflicting_order: "eine andere Bestellung hat dieselbe Nummer"
		},
		notDecided: "Gewünscht, noch nicht entschieden",
		wish: (count, where, reason, who) => `${units(count)}: ${where}. ${reason} (${who})`,
		cancel: "Stücke zurücknehmen",
		units: "Stück",
		where: "Wenn sie zurück sind",
		onSale: "Wieder in den Verkauf",
		withheld: "Aus dem Verkauf nehmen",
		reason: "Grund, für das Protokoll",
		submit: "Zurücknehmen",
		close: "Schließen",
		unitsInvalid: (left) => `Geben Sie eine ganze Zahl ein, höchstens ${left}.`,
		reasonMissing: "Sagen Sie, warum.",
		waiting: "Verzeichnet. Es wird zusammen mit der Bestellung entschieden; wir sehen zu …",
		undecided: "Verzeichnet und noch nicht entschieden. Bis dahin bleibt es unten aufgeführt.",
		sameWish: "Unverändert noch einmal gesendet, ist es derselbe Wunsch.",
		done: (count, isWithheld) => `Erledigt. ${units(count)} zurückgenommen, ${isWithheld ? "nicht mehr im Verkauf" : "wieder im Verkauf"}.`,
		refused: (why) => `Abgelehnt: ${why}.`
	},
	report: {
		heading: "Abgleich der Bücher",
		lead: "Vergleicht jetzt alle Bücher, Bestellung für Bestellung: gate, ledger und Ihre Bücher.",
		run: "Jetzt vergleichen",
		comparing: "Wird verglichen …",
		result: (drift, inFlight) => `${drift === "0" ? "Jedes Stück ist nachgewiesen." : "Die Bücher weichen voneinander ab; jemand muss nachsehen."} Abweichung: ${units(drift)}. Auf dem Weg in Ihre Bücher: ${inFlight}.`,
		holds: "stimmt",
		broken: "stimmt nicht",
		json: "JSON herunterladen",
		csv: "CSV herunterladen",
		columns: {
			identity: "Was gleich sein muss",
			left: "Links",
			right: "Rechts",
			result: "Ergebnis"
		},
		differences: {
			order: "Bestellung",
			difference: "Abweichung",
			units: "Stück"
		},
		kinds: {
			gate_only: "nur im gate",
			missing_in_gate: "fehlt im gate",
			order_without_entry: "in Ihren Büchern, aber nicht im ledger",
			without_order: "noch nicht in Ihren Büchern; wird von selbst noch einmal gesendet",
			undecided: "von vor der neuen Zählung, noch nicht entschieden",
			not_given_back: "kam zurück, und das gate zählt es noch"
		}
	},
	audit: {
		heading: "Wer was getan hat",
		you: "Ihnen",
		wish: (orderId, count, where, reason) => `${orderId}: ${units(count)}, ${where}. ${reason}`,
		did: (what, who, role) => `${what} von ${who} (${role})`,
		actions: {
			created: "Angelegt",
			changed: "Geändert",
			published: "Veröffentlicht",
			paused: "Angehalten",
			resumed: "Fortgesetzt",
			ended: "Beendet",
			retired: "Abgelegt",
			brought_back: "Zurückgeholt",
			cancel_wished: "Rücknahme gewünscht",
			lane_undo_wished: "Aufheben von „später geprüft“ gewünscht"
		},
		values: {
			running: "läuft",
			paused: "angehalten",
			ended: "beendet",
			open: "offen",
			waiting_room: "Warteraum",
			draw: "Verlosung",
			draft: "Entwurf",
			listed: "in den Listen",
			unlisted: "nur mit Adresse",
			retired: "abgelegt"
		}
	},
	form: {
		title: (isEdit, isClone) => isEdit ? "Verkauf bearbeiten" : isClone ? "Verkauf kopieren" : "Neuer Verkauf",
		copyOf: (name) => `Kopie von ${name}`,
		name: "Name",
		description: "Beschreibung",
		translations: {
			legend: "Name und Beschreibung nach Sprache",
			note: "Für Käufer, die diese Sprache lesen. Was leer ist, wird wie oben gezeigt."
		},
		price: "Preis für ein Stück",
		currency: "Währung",
		allocated: "Stück im Verkauf",
		purchaseLimit: "Stück pro Käufer",
		attemptLimit: "Versuche pro Käufer in zehn Sekunden",
		zone: "Zeitzone der Zeiten unten",
		visibility: "Wer ihn sieht",
		visibilities: {
			listed: "Alle, auch in den Listen",
			unlisted: "Wer seine Adresse hat",
			draft: "Nur Betreiber: ein Entwurf, der später veröffentlicht wird"
		},
		startsAt: "Beginn",
		endsAt: "Ende (leer: bis er beendet wird)",
		picture: {
			legend: "Bild",
			file: "Datei (JPEG, PNG, WebP oder AVIF)",
			note: "Mindestens 1440 × 1080 Pixel. Es wird um seine Mitte auf 4:3 beschnitten; wo und womit es aufgenommen wurde, bleibt weg.",
			alt: "Was das Bild zeigt",
			altNote: "Wird Käufern vorgelesen, die es nicht sehen.",
			preview: "Das Bild, wie Käufer es sehen werden",
			remove: "Das Bild entfernen",
			removed: "Das Bild wird entfernt, sobald Sie speichern.",
			reading: "Die Datei wird gelesen …",
			ready: (bytes) => `Beschnitten und in allen Größen erzeugt: ${Math.ceil(bytes / 1024)} KB. So werden Käufer es sehen.`,
			wrong: {
				unreadable: "Diese Datei lässt sich nicht als Bild lesen. Wählen Sie ein JPEG, PNG, WebP oder AVIF.",
				too_large: "Diese Datei hat mehr als 40 MB. Wählen Sie eine kleinere.",
				too_detailed: "Dieses Bild hat zu viele Einzelheiten, um für eine Seite klein genug zu werden. Wählen Sie ein anderes.",
				too_small: (size, least) => `Dieses Bild hat ${pixels$1(size)} Pixel. Auf 4:3 beschnitten muss es mindestens ${pixels$1(least)} haben.`
			}
		},
		mode: {
			legend: "Wie eingelassen wird",
			kinds: {
				open: "Offen: wer zuerst kommt",
				waiting_room: "Warteraum: eine Schlange, deren Reihenfolge der Zufall macht",
				draw: "Verlosung: eine Liste, und Gewinner mit einem Versprechen"
			},
			fields: {
				mode: "Art",
				closesAt: "Schluss der ersten Liste (zwei Minuten oder mehr vor dem Beginn)",
				resultAt: "Ergebnis der Verlosung",
				listSeconds: "Sekunden bis zum Schluss der nächsten Liste",
				turnMinutes: "Minuten an der Reihe",
				admissionsPerSecond: "Einlass pro Sekunde",
				mostInside: "Höchstens gleichzeitig drin"
			},
			notes: {
				open: "Nach einer Uhr, der des Servers: Die Schnellsten sind zuerst dran.",
				waiting_room: "In einer Liste sind alle gleich; eine öffentliche Zufallszahl ordnet sie. Wer dran ist, hat eine Chance, solange es Stücke gibt.",
				draw: "Wer sich rechtzeitig einträgt, nimmt teil. Wer gezogen wird, dessen Stücke bleiben die ganze Zeit für ihn zurückgelegt."
			},
			tooLate: {
				waiting_room: "Für diesen Beginn ist es zu spät: Die erste Liste schließt in der Vergangenheit, also kann sich niemand eintragen. Wählen Sie einen späteren Beginn, oder lassen Sie kaufen, wer zuerst kommt.",
				draw: "Für diesen Beginn ist es zu spät: Die Liste schließt in der Vergangenheit, also kann niemand teilnehmen. Wählen Sie einen späteren Beginn, oder lassen Sie kaufen, wer zuerst kommt."
			},
			locked: {
				none: "",
				kind: "Jemand hat sich eingetragen: Die Art bleibt. Ihre Zeiten lassen sich bis zum Schluss der ersten Liste ändern, das Tempo an der Schlange selbst.",
				all: "Die erste Liste ist geschlossen: Art und Zeiten bleiben. Das Tempo wird an der Schlange selbst geändert."
			},
			wrong: {
				closesAt: {
					time: "Geben Sie eine Zeit ein, die es in der gewählten Zone gibt.",
					late: "Muss zwei Minuten oder mehr vor dem Beginn liegen.",
					early: "",
					number: ""
				},
				resultAt: {
					time: "Geben Sie eine Zeit ein, die es in der gewählten Zone gibt.",
					late: "Darf nicht nach dem Beginn liegen.",
					early: "Muss eine halbe Minute oder mehr nach dem Schluss der Liste liegen.",
					number: ""
				},
				listSeconds: {
					number: "Geben Sie 10 bis 600 Sekunden ein.",
					time: "",
					late: "",
					early: ""
				},
				turnMinutes: {
					number: "Geben Sie eine halbe Minute bis einen Tag ein; bei einer Verlosung bis 14 Tage.",
					time: "",
					late: "",
					early: ""
				},
				admissionsPerSecond: {
					number: "Geben Sie eine ganze Zahl ein, 1 bis 100.000.",
					time: "",
					late: "",
					early: ""
				},
				mostInside: {
					number: "Geben Sie eine ganze Zahl ein, 1 bis 10.000.000.",
					time: "",
					late: "",
					early: ""
				}
			}
		},
		save: "Speichern",
		cancel: "Abbrechen",
		noSuchTime: "Diese Zeit zeigen die Uhren in dieser Zone nie.",
		lowerIt: "Die Stückzahl senken",
		lowers: "Damit sinkt die Stückzahl: Was vergeben ist, bleibt, der Rest fällt weg.",
		nothingChanged: "Es wurde nichts geändert.",
		viewer: "Wer nur ansehen darf, kann Verkäufe nicht ändern.",
		wrong: {
			startsAt: "Geben Sie einen Beginn ein, den es in der gewählten Zeitzone gibt.",
			endsAt: "Geben Sie ein Ende nach dem Beginn ein, das es in der gewählten Zeitzone gibt, oder keines.",
			priceMinor: "Geben Sie einen Preis ein wie 129,90, mit nicht mehr Nachkommastellen, als die Währung hat."
		}
	}
};
// web/texts/en/console.ts
var pixels = ({ width, height }) => `${width} × ${height}`;
/** All words of the console, in English. */
var consoleTexts$1 = {
	title: "Console",
	unknown: "–",
	request: "request",
	noAnswer: "No answer came. What was asked may have happened all the same; look again.",
	checking: "Checking who you are…",
	signIn: "Sign in with the address of an operator.",
	notStaff: "This account is not of the staff. Sign out, and sign in with another address.",
	signOut: "Sign out",
	/** Refusals by the API's kind, and its sentences. The API speaks English by itself. */
	problems: {},
	sayings: [],
	/** Settings, and what else the API names, by its names. */
	fields: {
		name: "Name",
		description: "Description",
		"name.en": "Name in English",
		"description.en": "Description in English",
		"name.de": "Name in German",
		"description.de": "Description in German",
		priceMinor: "Price in the smallest unit (cents)",
		currency: "Currency",
		allocated: "Allocated units",
		purchaseLimit: "Units per buyer",
		attemptLimit: "Attempts per buyer in ten seconds",
		startsAt: "Start",
		endsAt: "End",
		mode: "How people are let in",
		closesAt: "First list closes",
		resultAt: "Result of the draw",
		listSeconds: "Seconds until the next list closes",
		turnSeconds: "Seconds of a turn",
		admissionsPerSecond: "People let in per second",
		mostInside: "Most people inside at once",
		message: "Message",
		isPaused: "Line paused",
		picture: "Picture",
		pictureAlt: "What the picture shows",
		state: "State",
		visibility: "Who sees it",
		units: "Units",
		reason: "Reason",
		search: "Search"
	},
	roles: {
		shopper: "shopper",
		viewer: "viewer",
		operator: "operator",
		admin: "admin"
	},
	secondsAgo: (n) => `${n} s ago`,
	minutesAgo: (n) => `${n} min ago`,
	hoursAgo: (n) => `${n} h ago`,
	list: {
		heading: "Sales",
		create: "New sale",
		empty: "There is no sale yet.",
		search: {
			search: "Name of the sale, or the beginning of its number",
			find: "Find",
			all: "All",
			phases: {
				scheduled: "Upcoming",
				open: "Open now",
				sold_out: "Sold out",
				paused: "Paused",
				ended: "Ended"
			},
			visibilities: {
				not_retired: "All but retired",
				draft: "Drafts",
				listed: "Listed",
				unlisted: "Unlisted",
				retired: "Retired"
			},
			none: "No sale is like that.",
			shown: (shown, found) => `${shown} of ${found} shown, newest first`,
			first: "First page",
			more: "Next page"
		},
		columns: {
			name: "Sale",
			phase: "Phase",
			visibility: "Who sees it",
			sold: "Sold",
			available: "Available",
			allocated: "Allocated",
			rows: "In your records",
			outbox: "On the way",
			starts: "Starts"
		},
		technical: {
			rows: "order rows",
			outbox: "outbox"
		}
	},
	live: {
		all: "All sales",
		asOf: (time) => `As of ${time}, by the server's clock`,
		ofAllocated: (n) => `of ${n} units`,
		held: "units in unpaid holds",
		withheld: "units that came back, off sale",
		available: "units nobody has",
		noGate: "being counted anew",
		accepted: "units given out: sold or held",
		allWritten: "units in your records: all",
		written: "units in your records",
		behind: (n) => `units in your records: ${n} behind`,
		rejected: "orders that your records refused",
		returned: "orders of which all came back",
		outbox: "orders decided, not yet handed on",
		queue: (n) => `orders of all sales, ${n} being written`,
		noQueue: "the queue does not answer",
		dead: "orders that kept failing; not lost",
		never: "never",
		guardianWell: "last seen at work",
		guardianLate: "last seen: nobody looks after the sales",
		compared: (ago) => `units on which the books differ, compared ${ago}`,
		notCompared: "the books were not compared yet",
		ready: "Ready",
		notReady: "Not ready",
		allStores: "every store answers",
		noEnd: "until it is ended",
		attemptLimit: (n) => `${n} in ten seconds`,
		epoch: (epoch, revision) => `${epoch} · revision ${revision}`,
		recovery: (one) => `${one.when}: ${one.why}. Rebuilt ${one.buyers} buyers and ${one.soldUnits} units, published ${one.republished} again; took ${one.took} s; epoch ${one.epoch}.`,
		noRecoveries: "None: nothing had to be counted anew since the sale was made.",
		tiles: {
			revenue: "Revenue",
			sold: "Sold",
			held: "Held",
			withheld: "Off sale",
			available: "Available",
			accepted: "Accepted",
			rows: "In your records",
			rejected: "Rejected",
			returned: "Returned",
			outbox: "On the way",
			queue: "To be written",
			dead: "Stuck",
			drift: "Differences",
			guardian: "Caretaker",
			ready: "Systems"
		},
		/** What the operators' logs and commands call it. */
		technical: {
			withheld: "withheld",
			accepted: "gate",
			rows: "order rows",
			outbox: "outbox",
			queue: "queue",
			dead: "dead letters",
			drift: "drift",
			guardian: "guardian",
			ready: "stores",
			epoch: "epoch"
		},
		meaning: "What the small words mean",
		meanings: [
			["gate", "The counter that decides in one step who gets a unit. It never gives out more than there are."],
			["ledger", "The safe in which each promise to a buyer is kept. A gate that is lost is counted anew from it."],
			["outbox", "Orders that the gate has decided, and that are not yet handed on. It empties by itself in seconds."],
			["queue", "Orders that wait to be written into your records."],
			["order rows", "Your records: one line for each order, in your own database."],
			["dead letters", "Orders that could not be written in several tries. They are kept, and an operator sends them again."],
			["drift", "Units on which gate, ledger and your records disagree. 0 means that every unit is accounted for."],
			["epoch", "How often the gate was counted anew. No order is lost by it."],
			["guardian", "What looks after every sale each few seconds, and finishes what a fault left undone."],
			["trace", "The number under which the logs have all that happened in one request."]
		],
		rates: "Attempts to buy, per second",
		ratesNote: "By outcome, over the last two minutes, as the gate counts them. Those answered from memory, before opening and once sold out, never reach it.",
		inAll: (n) => `/ s · ${n} in all`,
		noChart: "This browser cannot draw the chart; the numbers above are all that it would show.",
		lines: {
			reserved: "Reserved",
			soldOut: "Sold out",
			alreadyBought: "Bought already",
			overLimit: "Over the limit",
			rateLimited: "Too many attempts",
			rowsWritten: "Written to your records"
		},
		recoveries: "Recoveries",
		settings: "Settings",
		set: {
			starts: "Starts",
			ends: "Ends",
			price: "Price",
			allocated: "Units",
			limit: "Units per buyer",
			attempts: "Attempts per buyer",
			epoch: "Counted anew",
			id: "Number of the sale"
		}
	},
	actions: {
		pause: "Pause",
		resume: "Resume",
		end: "End…",
		edit: "Edit",
		clone: "Clone",
		allocation: "New allocation",
		allocate: "Set",
		sending: "Sending…",
		waiting: "Recorded. The sale does not go by it yet; watching it…",
		done: {
			pause: (ms) => `Paused. From the click until nothing was sold any more: ${ms} ms.`,
			resume: (ms) => `Resumed. From the click until it sold again: ${ms} ms.`,
			end: (ms) => `Ended for good. From the click until nothing was sold any more: ${ms} ms.`
		},
		noEffect: "Recorded, but the sale does not go by it yet. It will by itself; watch the phase above.",
		allocated: (before, after) => `Allocation changed from ${before} to ${after}.`,
		allocationInvalid: "Enter the new allocation as a whole number of units.",
		endIt: "End the sale",
		endWhat: "This ends the sale for good: nothing more is sold, and it cannot be resumed.",
		lowerWhat: (before, after) => `This lowers the allocation from ${before} to ${after} units: what is taken stays, the rest goes.`,
		confirmLabel: "Type the sale's name to go on:",
		lowerIt: "Lower the allocation",
		cancel: "Cancel",
		wrongName: "That is not its name."
	},
	visibility: {
		draft: "Draft",
		listed: "Listed",
		unlisted: "Unlisted",
		retired: "Retired"
	},
	shopPage: {
		heading: "Its page in the shop",
		now: {
			draft: "A draft: staff alone see it. For everybody else there is no such sale.",
			listed: "Listed: everybody sees it, in the lists too.",
			unlisted: "Unlisted: whoever has its address sees it; it is in no list, and search engines are asked to leave it out.",
			retired: "Retired: it is in no list. Its page and its buyers' orders stay."
		},
		/** What a button does, by what the sale is and what it becomes. */
		to: {
			draft: {
				draft: "",
				listed: "Publish",
				unlisted: "Publish unlisted",
				retired: "Retire the draft"
			},
			listed: {
				draft: "",
				listed: "",
				unlisted: "Take off the lists",
				retired: "Retire"
			},
			unlisted: {
				draft: "",
				listed: "Put into the lists",
				unlisted: "",
				retired: "Retire"
			},
			retired: {
				draft: "Bring back as a draft",
				listed: "Bring back",
				unlisted: "Bring back unlisted",
				retired: ""
			}
		},
		done: {
			draft: "It is a draft again.",
			listed: "Done: everybody sees it within seconds.",
			unlisted: "Done: whoever has its address sees it within seconds, and no list does.",
			retired: "Retired. Find it in the list of sales under “Retired”."
		},
		address: "Address of its page",
		open: "Open the shop's page",
		copy: "Copy link",
		copied: "The link is copied.",
		notCopied: "This browser does not copy by itself. The link is selected: copy it with the keyboard.",
		preview: "Preview",
		previewNote: "Opens the page as shoppers will see it, for whoever has the link, for 24 hours. Nothing can be bought there.",
		makeLink: "Make a preview link",
		previewAddress: (until) => `Preview link, until ${until}`,
		openPreview: "Open the preview",
		newTab: "opens in a new tab"
	},
	preflight: {
		heading: "Before it opens",
		opensIn: (time) => `Opens in ${time}`,
		due: "The start is past.",
		draft: "It opens once it is published.",
		days: (n) => n === 1 ? "1 day" : `${n} days`,
		byServer: "By the server's clock.",
		run: "Check now",
		checking: "Every store is asked…",
		verdicts: {
			go: "Go: nothing speaks against opening.",
			no_go: "No-go: see to what is marked first."
		},
		at: (time) => `Asked at ${time}.`,
		results: {
			go: "Go",
			no_go: "No-go",
			unknown: "Not known"
		},
		found: "found",
		checks: {
			visibility: [
				"Shoppers can see it.",
				"Shoppers cannot see it: publish it, or bring it back.",
				""
			],
			sale: [
				"It is running and will open.",
				"It is paused or over: resume it, or move its end.",
				""
			],
			gate: [
				"The gate has every unit.",
				"The gate is not there, or has too few units. It is rebuilt by itself within a minute; check again. If it stays so, run `npm run ops -- recover` with the sale's number.",
				"The gate says nothing."
			],
			settings: [
				"The gate goes by the present settings.",
				"The gate goes by older settings. They are brought to it within seconds; check again.",
				"The gate says nothing of its settings."
			],
			clock: [
				"All clocks agree.",
				"The clocks differ by more than a second: tell whoever runs the servers.",
				"The gate's clock is not known."
			],
			"dead letters": [
				"No order is stuck.",
				"Orders are stuck. See what they are with `npm run ops -- dead-letters list`, and send them again with `redrive`.",
				"Whether orders are stuck is not known: the queue does not answer."
			],
			"order queue": [
				"No order waits to be written.",
				"Orders still wait to be written. Wait until there are none, and check again.",
				"Whether orders wait is not known: the queue does not answer."
			],
			guardian: [
				"The caretaker is at work.",
				"Nobody looks after the sales: the guardian was not seen for two minutes. See the runbook, “guardian”.",
				""
			],
			"gate size": [
				"The gate is large enough.",
				"The gate is too small for the crowd: deploy a larger one.",
				""
			],
			concurrency: [
				"Enough can run at once.",
				"Too little can run at once: ask AWS for a higher limit.",
				""
			],
			"API rate": [
				"The API lets the crowd through.",
				"The API lets too little through: raise its limit.",
				""
			],
			alarms: [
				"All alarms are armed and silent.",
				"An alarm rings or is not armed: see to it first.",
				""
			],
			warm: [
				"Enough is warm.",
				"Too little is warm: wait a few minutes, and check again.",
				"It is warmed a quarter of an hour before the opening."
			],
			"quotas, alarms and warmth": [
				"",
				"",
				"Sizes, quotas and alarms are known to AWS alone: run `npm run preflight` with the sale's number where it is deployed from."
			]
		}
	},
	revenue: {
		heading: "Revenue",
		sold: "Sold",
		returned: "Came back",
		net: "Revenue",
		row: (units, amount) => `${units === "1" ? "1 unit" : `${units} units`}, ${amount}`,
		note: (sold, returned) => `${sold} units sold, ${returned} came back`
	},
	line: {
		heading: "Line",
		table: "Entries of each list and lane",
		none: "No list that anybody joined has closed yet.",
		columns: [
			"List",
			"Entries",
			"Had a turn",
			"Bought",
			"Lapsed",
			"Waiting",
			"Share"
		],
		parts: {
			bought: "Bought",
			inside: "Inside",
			lapsed: "Lapsed",
			waiting: "Waiting"
		},
		row: (list, lane) => lane === 0 ? list : `${list}, checked later`,
		numbers: {
			phase: "Phase",
			closes: "First list closes",
			list: "People join list",
			waiting: "Waiting",
			inside: "Inside",
			admitted: "Turns given",
			bought: "Entries that bought",
			lapsed: "Lapsed",
			log: "Log",
			change: "Last change"
		},
		phases: {
			joining: "people join the first list",
			closing: "the first list is being read",
			drawing: "waits for its round of the beacon",
			moving: "moving",
			ended: "ended"
		},
		nobodyJoins: "nobody joins any more",
		logLines: (lines, hash) => `${lines} lines · ${hash}…`,
		admissionsPerSecond: "People let in per second",
		mostInside: "Most people inside at once",
		message: "Message to everybody who waits",
		set: "Set",
		pause: "Pause the line",
		resume: "Let people in again",
		sending: "Sending…",
		done: (ms) => `Done, and in the public log. From the click until everybody's copy showed it: ${ms} ms.`,
		noEffect: "It is in the public log, but the copy that shoppers get does not show it yet.",
		wrongPace: "Enter how many people are let in per second; a fraction is one in several seconds.",
		wrongCap: "Enter a whole number of people.",
		proof: "The proof of its order",
		close: "Close to newcomers",
		reopen: "Let newcomers join again",
		held: (seconds) => `From the click until it holds: at most ${seconds} s.`,
		heldLater: "It holds with the next people who are let in.",
		changes: {
			pace: "pace",
			pause: "pause",
			message: "message",
			joining: "newcomers"
		},
		noChange: "none since it began",
		changedBy: (what, role, moment, seconds) => seconds === null ? `${what}, ${role}, ${moment}` : `${what}, ${role}, ${moment}; held ${seconds} s later`,
		course: "Since this page was opened",
		courseNote: "People of closed lists: how many wait, and how many have had a turn, bought, or let it lapse."
	},
	later: {
		heading: "Checked later",
		note: "Risk puts entries behind the others of their list, before the next list, and turns nobody away. Until the list closes you can undo it; afterwards nothing is moved.",
		summary: (list, entries, lane1) => `List ${list}: ${entries} entries, ${lane1} of them checked later.`,
		closed: "This list has closed: nothing is moved any more.",
		columns: {
			why: "Why",
			entries: "Entries",
			undone: "Moved back"
		},
		reasons: {
			address: "many buyers from one address",
			burst: "many from one address within a minute",
			network: "many from one neighbourhood of addresses",
			no_puzzle: "no puzzle solved: without script, or by choice"
		},
		undo: "Move back",
		undoSure: (entries) => `Really move ${entries} back, and whoever still joins for it?`,
		isUndone: "does not count in this list",
		email: "One entry, by mail address",
		undoOne: "Move this entry back",
		noEmail: "Enter the mail address that they sign in with.",
		done: "Done: they stand among the others of their list.",
		look: "Look again",
		asOf: (time) => `as of ${time}`
	},
	orders: {
		heading: "Orders",
		search: "Mail address, or the beginning of an order, buyer, request or trace id",
		find: "Find",
		csv: "Download CSV",
		first: "First page",
		more: "Next page",
		none: "No order found.",
		shown: (n) => `${n} shown, by place`,
		collecting: "Collecting…",
		saved: "Saved.",
		states: {
			confirmed: "confirmed",
			rejected: "rejected",
			returned: "returned"
		},
		partlyReturned: "partly returned",
		withheld: (n) => `${n} withheld`,
		left: (left, quantity) => `${left} of ${quantity}`,
		state: "State",
		filters: {
			"": "All",
			confirmed: "Confirmed",
			partly_returned: "Partly returned",
			returned: "Returned",
			rejected: "Rejected"
		},
		columns: {
			place: "Place",
			order: "Order",
			buyer: "Buyer",
			units: "Units",
			total: "Total",
			state: "State",
			reserved: "Reserved",
			trace: "Trace"
		}
	},
	order: {
		heading: (orderId) => `Order ${orderId}`,
		now: (units, state, buyerId) => `Units: ${units}, ${state}. Buyer ${buyerId}.`,
		history: "What became of it",
		events: {
			confirmed: "Confirmed",
			rejected: "Rejected",
			returned: "Units taken back",
			wish_refused: "Wish refused"
		},
		why: {
			too_many_units: "more units than it had left",
			not_confirmed: "it is not confirmed",
			over_purchase_limit: "the buyer has as many units as one person may have",
			beyond_allocation: "no unit was left when it was counted",
			stale_epoch: "no unit was left for it once everything was counted anew",
			conflicting_order: "another order bears the same number"
		},
		notDecided: "Wished for, not decided yet",
		wish: (units, where, reason, who) => `${units === "1" ? "1 unit" : `${units} units`}: ${where.toLowerCase()}. ${reason} (${who})`,
		cancel: "Take units back",
		units: "Units",
		where: "When they are back",
		onSale: "On sale again",
		withheld: "Taken off sale",
		reason: "Reason, for the audit log",
		submit: "Take back",
		close: "Close",
		unitsInvalid: (left) => `Enter a whole number of units, at most ${left}.`,
		reasonMissing: "Say why.",
		waiting: "Recorded. It is decided together with the order; watching it…",
		undecided: "Recorded, and not decided yet. It stays listed below until it is.",
		sameWish: "Sent again unchanged, it is the same wish.",
		done: (units, isWithheld) => `Done. ${units === "1" ? "1 unit was" : `${units} units were`} taken back, ${isWithheld ? "and off sale" : "and on sale again"}.`,
		refused: (why) => `Refused: ${why}.`
	},
	report: {
		heading: "Reconciliation",
		lead: "Compares all books now, order by order: gate, ledger and your records.",
		run: "Compare now",
		comparing: "Comparing…",
		result: (drift, inFlight) => `${drift === "0" ? "Every unit is accounted for." : "The books differ; somebody must look."} Drift: ${drift} units. On the way to a row: ${inFlight}.`,
		holds: "holds",
		broken: "broken",
		json: "Download JSON",
		csv: "Download CSV",
		columns: {
			identity: "What must be equal",
			left: "Left",
			right: "Right",
			result: "Result"
		},
		differences: {
			order: "Order",
			difference: "Difference",
			units: "Units"
		},
		kinds: {
			gate_only: "only in the gate",
			missing_in_gate: "missing in the gate",
			order_without_entry: "in your records, and not in the ledger",
			without_order: "not in your records yet; it is sent again by itself",
			undecided: "from before everything was counted anew, not decided yet",
			not_given_back: "came back, and the gate still counts it"
		}
	},
	audit: {
		heading: "Audit log",
		you: "you",
		wish: (orderId, units, where, reason) => `${orderId}: ${units === "1" ? "1 unit" : `${units} units`}, ${where.toLowerCase()}. ${reason}`,
		did: (what, who, role) => `${what} by ${who} (${role})`,
		actions: {
			created: "Created",
			changed: "Changed",
			published: "Published",
			paused: "Paused",
			resumed: "Resumed",
			ended: "Ended",
			retired: "Retired",
			brought_back: "Brought back",
			cancel_wished: "Cancelling wished for",
			lane_undo_wished: "Undoing “checked later” wished for"
		},
		/** What a setting is, where the API has a word for it. */
		values: {
			running: "running",
			paused: "paused",
			ended: "ended",
			open: "open",
			waiting_room: "waiting room",
			draw: "draw",
			draft: "draft",
			listed: "listed",
			unlisted: "unlisted",
			retired: "retired"
		}
	},
	form: {
		title: (isEdit, isClone) => isEdit ? "Edit sale" : isClone ? "Clone sale" : "New sale",
		copyOf: (name) => `Copy of ${name}`,
		name: "Name",
		description: "Description",
		translations: {
			legend: "Name and description by language",
			note: "For shoppers who read that language. What is empty is shown as above."
		},
		price: "Price of one unit",
		currency: "Currency",
		allocated: "Allocated units",
		purchaseLimit: "Units per buyer",
		attemptLimit: "Attempts per buyer in ten seconds",
		zone: "Time zone of the times below",
		visibility: "Who sees it",
		visibilities: {
			listed: "Everybody, in the lists too",
			unlisted: "Whoever has its address",
			draft: "Staff alone: a draft, to be published later"
		},
		startsAt: "Starts",
		endsAt: "Ends (empty: until it is ended)",
		picture: {
			legend: "Picture",
			file: "File (JPEG, PNG, WebP or AVIF)",
			note: "At least 1440 × 1080 pixels. It is cropped to 4:3 about its middle; where and with what it was taken is left out.",
			alt: "What the picture shows",
			altNote: "Read to shoppers who do not see it.",
			preview: "The picture as shoppers will see it",
			remove: "Remove the picture",
			removed: "The picture is removed once you save.",
			reading: "Reading the file…",
			ready: (bytes) => `Cropped and encoded in all sizes: ${Math.ceil(bytes / 1024)} KB. This is what shoppers will see.`,
			wrong: {
				unreadable: "This file cannot be read as a picture. Choose a JPEG, PNG, WebP or AVIF.",
				too_large: "This file has more than 40 MB. Choose a smaller one.",
				too_detailed: "This picture has too much detail to be made small enough for a page. Choose another.",
				too_small: (size, least) => `This picture has ${pixels(size)} pixels. Cropped to 4:3 it must have at least ${pixels(least)}.`
			}
		},
		mode: {
			legend: "How people are let in",
			kinds: {
				open: "Open: whoever comes first",
				waiting_room: "Waiting room: a line in an order that chance makes",
				draw: "Draw: one list, and winners with a promise"
			},
			fields: {
				mode: "Mode",
				closesAt: "First list closes (two minutes or more before the start)",
				resultAt: "Result of the draw",
				listSeconds: "Seconds until the next list closes",
				turnMinutes: "Minutes of a turn",
				admissionsPerSecond: "People let in per second",
				mostInside: "Most people inside at once"
			},
			notes: {
				open: "By one clock, the server's: the fastest are first.",
				waiting_room: "Everybody in a list is equal; a public source of chance orders it. A turn is a chance, while units last.",
				draw: "Everybody who joins in time takes part. Whoever is drawn has their units kept for the whole turn."
			},
			tooLate: {
				waiting_room: "It is too late for this start: the first list closes in the past, so nobody can join it. Choose a start that is further away, or let whoever comes first buy.",
				draw: "It is too late for this start: the list closes in the past, so nobody can take part. Choose a start that is further away, or let whoever comes first buy."
			},
			locked: {
				none: "",
				kind: "Somebody has joined: the mode stays. Its times can be changed until the first list closes, its pace at the line itself.",
				all: "The first list has closed: the mode and its times stay. The pace is changed at the line itself."
			},
			wrong: {
				closesAt: {
					time: "Enter a time that exists in the chosen zone.",
					late: "Must be two minutes or more before the start.",
					early: "",
					number: ""
				},
				resultAt: {
					time: "Enter a time that exists in the chosen zone.",
					late: "Must not be after the start.",
					early: "Must be half a minute or more after the list closes.",
					number: ""
				},
				listSeconds: {
					number: "Enter 10 to 600 seconds.",
					time: "",
					late: "",
					early: ""
				},
				turnMinutes: {
					number: "Enter half a minute to a day; of a draw, to 14 days.",
					time: "",
					late: "",
					early: ""
				},
				admissionsPerSecond: {
					number: "Enter a whole number, 1 to 100,000.",
					time: "",
					late: "",
					early: ""
				},
				mostInside: {
					number: "Enter a whole number, 1 to 10,000,000.",
					time: "",
					late: "",
					early: ""
				}
			}
		},
		save: "Save",
		cancel: "Cancel",
		noSuchTime: "Clocks in this zone never show this time.",
		lowerIt: "Lower the allocation",
		lowers: "This lowers the allocation: what is taken stays, the rest goes.",
		nothingChanged: "Nothing was changed.",
		viewer: "Viewers cannot change sales.",
		wrong: {
			startsAt: "Enter a start that exists in the chosen time zone.",
			endsAt: "Enter an end after the start that exists in the chosen time zone, or none.",
			priceMinor: "Enter a price such as 129.90, with no more decimals than the currency has."
		}
	}
};
// web/texts/console.ts
/** All words of the console in this language. */
var consoleIn = (wanted) => wanted === "de" ? consoleTexts$2 : consoleTexts$1;
/** What a page of the console at this address is made with. */
var consoleOf = (path) => consoleIn(localeOfPath(path));
// web/src/components/console-frame.astro
createAstro("https://astro.build");
var $$ConsoleFrame = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$ConsoleFrame;
	const { title } = Astro.props;
	const locale = localeOfPath(Astro.url.pathname);
	const texts = consoleIn(locale);
	return renderTemplate`${renderComponent($$result, "Base", $$Base, { "title": title }, { "default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<div class="console-bar"><a${addAttribute(localePath(locale, "/admin/"), "href")}>${texts.title}</a><p data-part="staff" hidden><span data-part="staff-role"></span><button class="link-button" data-part="sign-out" type="button">${texts.signOut}</button></p></div><div class="staff-gate" data-part="staff-gate"><h1>${texts.title}</h1><p data-part="gate-text">${texts.checking}</p>${renderComponent($$result, "SignIn", $$SignIn, { "level": 2 })}</div><div class="console" data-part="console" hidden>${renderSlot($$result, $$slots["default"])}</div>` })}`;
}, "/work/wt/line-console/web/src/components/console-frame.astro", void 0);
export { consoleIn as n, consoleOf as r, $$ConsoleFrame as t };
