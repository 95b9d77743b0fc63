import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, n as wordsOf, o as createComponent, t as $$Base } from "./base_Ex9HlZyp.mjs";
import { t as $$Chip } from "./chip_CACOBunC.mjs";
import { i as localeRoutes, r as localePath } from "./shared_BBMJh1-A.mjs";
// web/texts/de/proof.ts
/** The words of the page that re-derives a line, in German. */
var proof$1 = {
	title: "Beweis der Reihenfolge",
	heading: "Die Reihenfolge dieses Verkaufs, in Ihrem Browser nachgerechnet",
	lead: "Diese Seite liest die öffentlichen Dateien der Schlange und rechnet alles neu aus. Sie glaubt niemandem das Ergebnis.",
	toSale: "Zurück zum Verkauf",
	states: {
		reading: "Die öffentlichen Dateien werden gelesen",
		deriving: "Es wird gerechnet. Bei einer langen Schlange dauert das eine Weile",
		right: "Alles stimmt",
		wrong: "Etwas stimmt nicht",
		unverified: "Alles, was geprüft werden konnte, stimmt; die Unterschriften der Zufallsquelle sind nicht geprüft",
		unreadable: "Die Dateien dieser Schlange lassen sich nicht lesen"
	},
	chips: {
		checking: "Wird geprüft",
		right: "Stimmt",
		wrong: "Stimmt nicht",
		unverified: "Nicht geprüft"
	},
	progress: (read, all) => `${read} von ${all} Dateien gelesen.`,
	calculating: "Alle Dateien sind gelesen; jetzt wird jeder Hash, jedes Los und jeder Zug berechnet.",
	result: (entries, orders, isFinal) => `${entries} Einträge und ${isFinal ? "" : "bisher "}${orders} Bestellungen wurden auf diesem Gerät geprüft.`,
	faultsFound: (count) => count === "1" ? "Eine Sache ist nicht so, wie das Protokoll es sagt." : `${count} Dinge sind nicht so, wie das Protokoll es sagt.`,
	unreadable: "Entweder hat dieser Verkauf keine Schlange, oder eine Datei kam nicht an. Über die Reihenfolge sagt das nichts: Versuchen Sie es später.",
	rehearsal: "Diese Schlange ist eine Probe: Ihr Zufall kommt von einer einzelnen Maschine, deren Besitzer ihn vorher kennen könnte. Sie zeigt, wie alles geht, nicht dass niemand gewählt hat.",
	checksHeading: "Was nachgerechnet wurde",
	checks: {
		log: {
			name: "Protokoll",
			shows: "Jede Zeile der Geschichte trägt den Hash der vorigen: Nichts wurde später geändert."
		},
		lists: {
			name: "Einträge",
			shows: "Die Einträge jeder Liste ergeben die Wurzel, die vor dem Zufall veröffentlicht war: Niemand kam hinzu, fiel weg oder wurde verschoben."
		},
		rounds: {
			name: "Runden",
			shows: "Jede Liste nahm die Runde der Zufallsquelle, die die Regel nennt, und ihre Wurzel stand 15\xA0s vorher."
		},
		signatures: {
			name: "Unterschriften",
			shows: "Der Schlüssel der Zufallsquelle hat jede Runde unterschrieben: Der Zufall kam von dort, und niemand hier konnte ihn wählen."
		},
		keys: {
			name: "Schlüssel",
			shows: "Jeder Schlüssel folgt aus Wurzel und Unterschrift, jedes Los aus Schlüssel und Eintrag."
		},
		steps: {
			name: "Züge",
			shows: "Die Schlange rückte in der Reihenfolge der Lose vor und ließ so viele ein, wie sie sagt."
		},
		orders: {
			name: "Bestellungen",
			shows: "Jede Bestellung gehört zu einem Eintrag, in seinem Zug, und kein Eintrag hat mehr, als er darf."
		},
		promises: {
			name: "Gewinne",
			shows: "Gewinner wurden der Reihe nach gefunden, und es wurde nicht mehr versprochen, als da ist."
		},
		seen: {
			name: "Vorher gesehen",
			shows: "Was dieser Browser sah, während Sie warteten, steht noch immer in den Dateien."
		}
	},
	checked: (count) => `${count} geprüft`,
	notVerified: "Nicht geprüft: Der Programmteil dafür ließ sich nicht laden. Laden Sie die Seite neu, oder nehmen Sie das Skript unten.",
	nothing: "Noch nichts zu prüfen",
	faultsHeading: "Was nicht stimmt",
	faults: {
		no_line: "Das ist keine Zeile des Protokolls.",
		line_number: "Die Zeile hat eine andere Nummer.",
		line_hash: "Der Hash der vorigen Zeile passt nicht: Eine Zeile wurde geändert oder ausgelassen.",
		time_fell: "Ihre Zeit liegt vor der der vorigen Zeile.",
		log_hash: "Die letzte Zeile ist nicht die, die genannt ist.",
		first_lines: "Das Protokoll beginnt nicht mit Regeln und Einstellungen.",
		other_sale: "Sie gehört zu einem anderen Verkauf.",
		other_mode: "Die Art des Einlasses wurde geändert.",
		rules_late: "Die Regeln wurden geändert, nachdem Liste 0 geschlossen war.",
		chain_changed: "Die Zufallsquelle wurde gewechselt.",
		unknown_chain: "Die Zufallsquelle ist weder die öffentliche noch die einer Probe.",
		list_order: "Schluss, Wurzel und Schlüssel einer Liste stehen nicht je einmal und in Reihenfolge da.",
		no_entry: "Ein Eintrag oder eine Liste fehlt oder ist nicht lesbar.",
		entry_order: "Einträge stehen doppelt da oder nicht in der Reihenfolge ihrer Blätter.",
		list_count: "Die Liste hat eine andere Zahl von Einträgen.",
		list_root: "Die Einträge ergeben die Wurzel nicht: Einer wurde vertauscht, ergänzt, geändert oder ausgelassen.",
		round_rule: "Es ist nicht die Runde, die die Regel nennt.",
		root_late: "Die Wurzel stand nicht 15\xA0s vor ihrer Runde.",
		signature: "Die Zufallsquelle hat das nicht unterschrieben.",
		key: "Der Schlüssel folgt nicht aus Wurzel und Unterschrift.",
		step_number: "Schritte zählen nicht um eins hoch.",
		step_range: "Der Schritt beginnt nicht, wo die Schlange stand, oder endet bei niemandes Eintrag.",
		step_people: "Es ist der Zug einer anderen Zahl von Einträgen.",
		step_after_end: "Ein Schritt folgt auf das Ende.",
		not_sold_out: "Die Schlange geht nach einem endgültigen Ende weiter, oder ohne ein Stück.",
		numbers_fell: "Zahlen fielen, die nur steigen dürfen.",
		holds_early: "Er galt, bevor jede Kopie des Protokolls ihn hatte.",
		no_order: "Das ist keine Bestellung.",
		order_twice: "Eine Bestellung steht doppelt da, oder die Plätze steigen nicht.",
		order_leaf: "Ihr Eintrag steht in keiner Liste.",
		order_step: "Ihr Eintrag hatte in diesem Schritt keinen Zug.",
		order_early: "Sie wurde vor ihrem Zug reserviert.",
		order_late: "Sie wurde reserviert, nachdem ihr Zug verfallen war.",
		order_units: "Der Eintrag hat mehr Stück, als er darf.",
		too_many_units: "Es ist mehr verkauft, als zugeteilt war.",
		promised_too_many: "Es wurde mehr versprochen, als zugeteilt war.",
		promised_twice: "Ein Eintrag hatte einen zweiten Zug.",
		promised_withdrawn: "Einem zurückgezogenen Eintrag wurde etwas versprochen.",
		wrongly_passed_over: "Ein Eintrag wurde übergangen, dessen Stückzahl gepasst hätte.",
		seen_log: "Das Protokoll ist nicht das, das dieser Browser sah: Es wurde geändert.",
		seen_root: "Die Wurzel ist nicht die, die dieser Browser sah: Die Liste wurde geändert.",
		left_out: "Ihr Eintrag fehlt: Sie wurden ausgelassen."
	},
	moreFaults: (count) => `… und ${count} weitere.`,
	own: {
		heading: "Ihr Eintrag",
		none: "Dieser Browser hat keinen Beleg von Ihnen für diesen Verkauf. Öffnen Sie diese Seite in dem Browser, in dem Sie sich angestellt haben, oder melden Sie sich dort zuerst auf der Seite des Verkaufs an.",
		notYet: "Ihr Eintrag steht in einer Liste, die noch nicht veröffentlicht ist.",
		left_out: "Ihr Eintrag steht in keiner Liste, obwohl Sie einen Beleg dafür haben. Bewahren Sie den Beleg auf: Er zeigt, dass Sie ausgelassen wurden.",
		list: "Liste",
		lane: "Spur",
		quantity: "Stück",
		place: "Platz in der Schlange",
		lot: "Los",
		leaf: "Blatt",
		turn: "Zug",
		noTurn: "bisher keiner",
		inStep: (step) => `in Schritt ${step}`,
		placeOf: (place, all) => `${place} (${all} in dieser Liste)`,
		waitsForKey: "Die Liste wartet auf ihre Runde.",
		withdrawn: "Er wurde zurückgezogen.",
		lanes: {
			0: "0",
			1: "1: hinter der eigenen Liste, vor der nächsten"
		}
	},
	notProven: {
		heading: "Was das nicht beweist",
		list: [
			"Dass ein Eintrag ein Mensch ist. Ein Käufer ist ein bestätigtes Postfach, und ein Mensch kann mehrere haben.",
			"Dass die Spuren gerecht sind. Wie viele Einträge in Spur 1 stehen, ist öffentlich; warum, ist es nicht.",
			"Dass nirgends sonst ein Stück verkauft wurde.",
			"Dass die Mitglieder der Zufallsquelle sich nicht verschwören. Ihrer Mehrheit wird getraut.",
			"Wann eine Wurzel entstand, außer jemand hat sie gesehen: Eine Seite, die wartet, merkt sich Wurzel und Protokoll und sagt es, wenn sie sich ändern."
		]
	},
	elsewhere: {
		heading: "Ohne diese Seite prüfen",
		text: "Auch diese Seite stammt vom Händler. Das Protokoll ist öffentlich, und ein Skript ohne eine Zeile von uns macht dasselbe auf Ihrem eigenen Rechner:",
		protocol: "Das Protokoll (englisch)",
		script: "Das Skript verify-fairness.mjs"
	}
};
// web/texts/en/proof.ts
/** The words of the page that re-derives a line, in English. */
var proof = {
	title: "Proof of the order",
	heading: "The order of this sale, derived again in your browser",
	lead: "This page reads the public files of the line and does every calculation anew. It takes nobody's word for the result.",
	toSale: "Back to the sale",
	states: {
		reading: "Reading the public files",
		deriving: "Calculating. This may take a while for a long line",
		right: "Everything fits",
		wrong: "Something does not fit",
		unverified: "Everything that could be checked fits; the beacon's signatures are not verified",
		unreadable: "The files of this line cannot be read"
	},
	chips: {
		checking: "Checking",
		right: "Fits",
		wrong: "Does not fit",
		unverified: "Not verified"
	},
	progress: (read, all) => `${read} of ${all} files read.`,
	calculating: "All files are read; now each hash, lot and turn is calculated.",
	result: (entries, orders, isFinal) => `${entries} entries and ${orders} orders${isFinal ? "" : " so far"} were checked on this device.`,
	faultsFound: (count) => count === "1" ? "One thing is not as the protocol says." : `${count} things are not as the protocol says.`,
	unreadable: "Either this sale has no line, or a file did not come. This says nothing about the order: try again later.",
	rehearsal: "This line is a rehearsal: its chance comes from a beacon of one machine, whose owner could know it before. It proves how things work, not that nobody chose.",
	checksHeading: "What was derived again",
	checks: {
		log: {
			name: "Log",
			shows: "Each line of the line's history bears the hash of the one before: nothing was changed later."
		},
		lists: {
			name: "Entries",
			shows: "The entries of each list make the root that was published before chance came: nobody was added, dropped or moved."
		},
		rounds: {
			name: "Rounds",
			shows: "Each list took the round of the beacon that the rule names, and its root stood 15\xA0s before."
		},
		signatures: {
			name: "Signatures",
			shows: "The beacon's own key signed each round: chance came from there, and nobody here could choose it."
		},
		keys: {
			name: "Keys",
			shows: "Each key follows from root and signature, and each lot from key and entry."
		},
		steps: {
			name: "Turns",
			shows: "The line moved in the order of the lots, and let in as many as it says."
		},
		orders: {
			name: "Orders",
			shows: "Each order belongs to an entry, in its turn, and no entry has more than it may."
		},
		promises: {
			name: "Wins",
			shows: "Winners were found in order, and no more was promised than there is."
		},
		seen: {
			name: "Seen before",
			shows: "What this browser saw while you waited is still in the files."
		}
	},
	checked: (count) => `${count} checked`,
	notVerified: "Not verified: the code for it could not be loaded. Reload the page, or use the script below.",
	nothing: "Nothing to check yet",
	faultsHeading: "What does not fit",
	faults: {
		no_line: "This is no line of the log.",
		line_number: "The line has another number.",
		line_hash: "The hash of the line before does not fit: a line was changed or left out.",
		time_fell: "Its time is before that of the line before.",
		log_hash: "The last line is not the one that is named.",
		first_lines: "The log does not begin with rules and settings.",
		other_sale: "It is of another sale.",
		other_mode: "The mode was changed.",
		rules_late: "The rules were changed after list 0 had closed.",
		chain_changed: "The beacon was changed.",
		unknown_chain: "The beacon is neither the public one nor a rehearsal's.",
		list_order: "Closing, root and key of a list are not there once each and in order.",
		no_entry: "An entry or a list is missing or unreadable.",
		entry_order: "Entries are there twice, or not in the order of their leaves.",
		list_count: "The list has another number of entries.",
		list_root: "The entries do not make the root: one was swapped, added, edited or left out.",
		round_rule: "It is not the round that the rule names.",
		root_late: "The root did not stand 15\xA0s before its round.",
		signature: "The beacon did not sign this.",
		key: "The key does not follow from root and signature.",
		step_number: "Steps do not count up by one.",
		step_range: "The step does not begin where the line stood, or ends at nobody's entry.",
		step_people: "It is the turn of another number of entries.",
		step_after_end: "A step follows the end.",
		not_sold_out: "The line goes on after an end that was final, or without a unit.",
		numbers_fell: "Numbers fell that may only rise.",
		holds_early: "It held before every copy of the log had it.",
		no_order: "This is no order.",
		order_twice: "An order is there twice, or places do not rise.",
		order_leaf: "Its entry is in no list.",
		order_step: "Its entry had no turn in this step.",
		order_early: "It was reserved before its turn.",
		order_late: "It was reserved after its turn had lapsed.",
		order_units: "The entry has more units than it may.",
		too_many_units: "More units are sold than are allocated.",
		promised_too_many: "More units were promised than are allocated.",
		promised_twice: "An entry had a second turn.",
		promised_withdrawn: "A withdrawn entry was promised units.",
		wrongly_passed_over: "An entry was passed over whose units would have fit.",
		seen_log: "The log is not the one that this browser saw: it was changed.",
		seen_root: "The root is not the one that this browser saw: the list was changed.",
		left_out: "Your entry is missing: you were left out."
	},
	moreFaults: (count) => `… and ${count} more.`,
	own: {
		heading: "Your entry",
		none: "This browser keeps no receipt of yours for this sale. Open this page in the browser in which you joined, or sign in on the sale's page there first.",
		notYet: "Your entry is in a list that is not published yet.",
		left_out: "Your entry is in no list, though you have a receipt for it. Keep the receipt: it shows that you were left out.",
		list: "List",
		lane: "Lane",
		quantity: "Units",
		place: "Place in the line",
		lot: "Lot",
		leaf: "Leaf",
		turn: "Turn",
		noTurn: "none so far",
		inStep: (step) => `in step ${step}`,
		placeOf: (place, all) => `${place} (${all} in its list)`,
		waitsForKey: "Its list waits for its round.",
		withdrawn: "It was withdrawn.",
		lanes: {
			0: "0",
			1: "1: behind its own list, before the next"
		}
	},
	notProven: {
		heading: "What this does not prove",
		list: [
			"That one entry is one person. A buyer is a proven mailbox, and a person may have several.",
			"That lanes are just. How many entries are in lane 1 is public; why is not.",
			"That no unit was sold elsewhere.",
			"That the members of the beacon do not conspire. Its threshold is trusted.",
			"When a root was made, unless somebody saw it: a page that waits keeps root and log, and says so if they change."
		]
	},
	elsewhere: {
		heading: "Check it without this page",
		text: "This page is made by the shop, too. The protocol is public, and a script without any of our code does the same on your own machine:",
		protocol: "The protocol",
		script: "The script, verify-fairness.mjs"
	}
};
// web/texts/proof.ts
/** The words of the page that re-derives a line. */
var proofWordsIn = (locale) => locale === "de" ? proof$1 : proof;
// web/src/features/proof/report.ts
/** What is re-derived, in the order in which it is shown. */
var checkNames = [
	"log",
	"lists",
	"rounds",
	"signatures",
	"keys",
	"steps",
	"orders",
	"promises",
	"seen"
];
// web/src/pages/[...locale]/proof/index.astro
var proof_exports = /* @__PURE__ */ __exportAll({
	default: () => $$Index,
	file: () => $$file,
	getStaticPaths: () => getStaticPaths,
	url: () => $$url
});
createAstro("https://astro.build");
var getStaticPaths = localeRoutes;
var $$Index = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$Index;
	const { locale } = wordsOf(Astro.url.pathname);
	const words = proofWordsIn(locale);
	const ownFacts = [
		"place",
		"turn",
		"list",
		"lane",
		"quantity",
		"lot",
		"leaf"
	];
	return renderTemplate`${renderComponent($$result, "Base", $$Base, { "title": words.title }, { "default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<article class="proof needs-script" data-part="proof" data-state="reading"><header><h1>${words.heading}</h1><p class="lead">${words.lead}</p></header><section class="verdict" aria-labelledby="verdict"><div role="status">${renderComponent($$result, "Chip", $$Chip, {})}<h2 id="verdict" data-part="verdict">${words.states.reading}</h2><p data-part="verdict-body"></p></div><p class="notice" data-part="rehearsal" hidden>${words.rehearsal}</p><div data-part="faults" hidden><h3>${words.faultsHeading}</h3><ul data-part="fault-list"></ul></div></section><section aria-labelledby="own"><h2 id="own">${words.own.heading}</h2><p data-part="own-text"></p><dl class="facts" data-part="own-facts" hidden>${ownFacts.map((name) => renderTemplate`<div${addAttribute(name === "lot" || name === "leaf" ? "wide" : void 0, "class")}><dt>${words.own[name]}</dt><dd${addAttribute(name === "lot" || name === "leaf" ? "id" : void 0, "class")}${addAttribute(`own-${name}`, "data-part")}></dd></div>`)}</dl></section><section aria-labelledby="checks"><h2 id="checks">${words.checksHeading}</h2><ul class="checks">${checkNames.map((name) => renderTemplate`<li${addAttribute(`check-${name}`, "data-part")} data-tone="quiet"><svg aria-hidden="true"><use data-part="check-icon" href="#icon-dots"></use></svg><div><h3>${words.checks[name].name}</h3><p>${words.checks[name].shows}</p><p class="count" data-part="check-count">${words.chips.checking}</p></div></li>`)}</ul></section><section aria-labelledby="not-proven"><h2 id="not-proven">${words.notProven.heading}</h2><ul class="plain-points">${words.notProven.list.map((text) => renderTemplate`<li>${text}</li>`)}</ul></section><section aria-labelledby="elsewhere"><h2 id="elsewhere">${words.elsewhere.heading}</h2><p>${words.elsewhere.text}</p><pre tabindex="0"><code data-part="command">node verify-fairness.mjs</code></pre><p class="ways-on"><a class="button quiet" href="/fairness.md">${words.elsewhere.protocol}</a><a class="button quiet" href="/verify-fairness.mjs" download>${words.elsewhere.script}</a><a class="button quiet" data-part="sale-link"${addAttribute(localePath(locale, "/"), "href")}>${words.toSale}</a></p></section></article>${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/proof/index.astro?astro&type=script&index=0&lang.ts")}` })}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/proof/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/proof/index.astro";
var $$url = "/[...locale]/proof";
// \0virtual:astro:page:src/pages/[...locale]/proof/index@_@astro
var page = () => proof_exports;
export { page };
