import { $ as AstroError, F as InvalidComponentArgs, Z as UnavailableAstroGlobal, _ as renderHead, c as renderComponent, f as renderSlot, g as maybeRenderHead, h as renderTemplate, l as Fragment, nt as ASTRO_GENERATOR, v as addAttribute, y as createRenderInstruction } from "./server_BsBknl2N.mjs";
import { a as plainPath, c as shop, n as localeOfPath, r as localePath } from "./shared_BBMJh1-A.mjs";
import { t as faces } from "./faces_A2c7Vpc7.mjs";
import { t as faces$1 } from "./faces_DkfpE-R2.mjs";
// node_modules/astro/dist/runtime/server/astro-component.js
function validateArgs(args) {
	if (args.length !== 3) return false;
	if (!args[0] || typeof args[0] !== "object") return false;
	return true;
}
function baseCreateComponent(cb, moduleId, propagation) {
	const name = moduleId?.split("/").pop()?.replace(".astro", "") ?? "";
	const fn = (...args) => {
		if (!validateArgs(args)) throw new AstroError({
			...InvalidComponentArgs,
			message: InvalidComponentArgs.message(name)
		});
		return cb(...args);
	};
	Object.defineProperty(fn, "name", {
		value: name,
		writable: false
	});
	fn.isAstroComponentFactory = true;
	fn.moduleId = moduleId;
	fn.propagation = propagation;
	return fn;
}
function createComponentWithOptions(opts) {
	return baseCreateComponent(opts.factory, opts.moduleId, opts.propagation);
}
function createComponent(arg1, moduleId, propagation) {
	if (typeof arg1 === "function") return baseCreateComponent(arg1, moduleId, propagation);
	else return createComponentWithOptions(arg1);
}
// node_modules/astro/dist/runtime/server/astro-global.js
function createError(name) {
	return new AstroError({
		...UnavailableAstroGlobal,
		message: UnavailableAstroGlobal.message(name)
	});
}
function createAstro(site) {
	return {
		get site() {
			console.warn(`Astro.site inside getStaticPaths is deprecated and will be removed in a future major version of Astro. Use import.meta.env.SITE instead`);
			return site ? new URL(site) : void 0;
		},
		get generator() {
			console.warn(`Astro.generator inside getStaticPaths is deprecated and will be removed in a future major version of Astro.`);
			return ASTRO_GENERATOR;
		},
		get callAction() {
			throw createError("callAction");
		},
		get clientAddress() {
			throw createError("clientAddress");
		},
		get cookies() {
			throw createError("cookies");
		},
		get csp() {
			throw createError("csp");
		},
		get currentLocale() {
			throw createError("currentLocale");
		},
		get getActionResult() {
			throw createError("getActionResult");
		},
		get isPrerendered() {
			throw createError("isPrerendered");
		},
		get locals() {
			throw createError("locals");
		},
		get originPathname() {
			throw createError("originPathname");
		},
		get params() {
			throw createError("params");
		},
		get preferredLocale() {
			throw createError("preferredLocale");
		},
		get preferredLocaleList() {
			throw createError("preferredLocaleList");
		},
		get props() {
			throw createError("props");
		},
		get redirect() {
			throw createError("redirect");
		},
		get request() {
			throw createError("request");
		},
		get response() {
			throw createError("response");
		},
		get rewrite() {
			throw createError("rewrite");
		},
		get routePattern() {
			throw createError("routePattern");
		},
		get self() {
			throw createError("self");
		},
		get slots() {
			throw createError("slots");
		},
		get url() {
			throw createError("url");
		},
		get session() {
			throw createError("session");
		},
		get cache() {
			throw createError("cache");
		},
		get logger() {
			throw createError("logger");
		}
	};
}
// node_modules/astro/dist/runtime/server/render/script.js
async function renderScript(result, id) {
	const inlined = result.inlinedScripts.get(id);
	let content = "";
	if (inlined != null) {
		if (inlined) content = `<script type="module">${inlined}<\/script>`;
	} else {
		const resolved = await result.resolve(id);
		content = `<script type="module" src="${result.userAssetsBase ? (result.base === "/" ? "" : result.base) + result.userAssetsBase : ""}${resolved}"><\/script>`;
	}
	return createRenderInstruction({
		type: "script",
		id,
		content
	});
}
// core/contract/security-headers.ts
var directives = {
	"default-src": "'none'",
	"script-src": "'self'",
	"style-src": "'self'",
	"img-src": "'self'",
	"connect-src": "'self'",
	"manifest-src": "'self'",
	"form-action": "'self'",
	"base-uri": "'none'",
	"frame-ancestors": "'none'"
};
var policyOf = (entries) => entries.map((entry) => entry.join(" ")).join("; ");
/** For a page's own `<meta>`, where browsers ignore `frame-ancestors` and complain of it. */
var pagePolicy = policyOf(Object.entries(directives).filter(([directive]) => directive !== "frame-ancestors"));
policyOf(Object.entries(directives));
// web/src/components/icons.astro
var $$Icons = createComponent(($$result, $$props, $$slots) => {
	return renderTemplate`${maybeRenderHead($$result)}<svg class="symbols" width="0" height="0" aria-hidden="true"><symbol id="icon-bolt" viewBox="0 0 16 16"><path d="M9.2 1 3 9.2h4L6.6 15 13 6.6H8.7z" fill="currentColor"></path></symbol><symbol id="icon-clock" viewBox="0 0 16 16"><g fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"><circle cx="8" cy="8" r="6"></circle><path d="M8 4.8V8l2.2 1.6"></path></g></symbol><symbol id="icon-dots" viewBox="0 0 16 16"><g fill="currentColor"><circle cx="3" cy="8" r="1.6"></circle><circle cx="8" cy="8" r="1.6"></circle><circle cx="13" cy="8" r="1.6"></circle></g></symbol><symbol id="icon-offline" viewBox="0 0 16 16"><g fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"><path d="M2 6.2a9 9 0 0 1 12 0M4.4 9a5.4 5.4 0 0 1 7.2 0M2.5 13.5l11-11"></path></g><circle cx="8" cy="12" r="1.2" fill="currentColor"></circle></symbol><symbol id="icon-question" viewBox="0 0 16 16"><g fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"><path d="M5.3 5.4A2.8 2.8 0 1 1 8 8.3v1.2"></path></g><circle cx="8" cy="12.6" r="1.1" fill="currentColor"></circle></symbol><symbol id="icon-box" viewBox="0 0 16 16"><g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"><path d="M2.2 5 8 2l5.8 3v6L8 14l-5.8-3zM2.2 5 8 8m0 0 5.8-3M8 8v6"></path></g></symbol><symbol id="icon-pause" viewBox="0 0 16 16"><g fill="currentColor"><rect x="3.5" y="3" width="3" height="10" rx="1"></rect><rect x="9.5" y="3" width="3" height="10" rx="1"></rect></g></symbol><symbol id="icon-flag" viewBox="0 0 16 16"><path d="M3.5 14.5V2h8.6l-2 3.2 2 3.3H3.5" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round" stroke-linecap="round"></path></symbol><symbol id="icon-key" viewBox="0 0 16 16"><g fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"><circle cx="5" cy="11" r="2.8"></circle><path d="m7.2 8.8 6-6m-2.4 2.4 1.8 1.8"></path></g></symbol><symbol id="icon-check" viewBox="0 0 16 16"><path d="m2.8 8.6 3.4 3.5 7-8" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"></path></symbol><symbol id="icon-cross" viewBox="0 0 16 16"><path d="m3.5 3.5 9 9m0-9-9 9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"></path></symbol></svg>`;
}, "/work/wt/line-console/web/src/components/icons.astro", void 0);
// core/contract/shop.ts
/** Which variable sets which part. */
var shopVariables = {
	name: "SHOP_NAME",
	accent: "SHOP_ACCENT",
	imprintUrl: "SHOP_IMPRINT_URL",
	privacyUrl: "SHOP_PRIVACY_URL",
	termsUrl: "SHOP_TERMS_URL",
	contact: "SHOP_CONTACT",
	nextStepsEn: "SHOP_NEXT_STEPS_EN",
	nextStepsDe: "SHOP_NEXT_STEPS_DE"
};
/** Links that the law asks a shop for (in Germany § 5 DDG, Art. 13 GDPR, § 312i BGB). */
var legalLinks = [
	"imprintUrl",
	"privacyUrl",
	"termsUrl"
];
/** A link in the page's language: `{language}` in the setting stands for `en` or `de`. */
var linkIn = (url, language) => url.replaceAll("{language}", language);
// web/texts/de/pages.ts
/** The words of the static pages, in German. */
var pages$1 = {
	skip: "Zum Inhalt springen",
	footer: "Jedes Stück wird genau einmal verkauft. Was wir noch nicht wissen, sagen wir.",
	legal: {
		imprintUrl: "Impressum",
		privacyUrl: "Datenschutz",
		termsUrl: "AGB",
		notSet: (name, variable) => `${name}: noch nicht gesetzt (${variable})`
	},
	otherLocale: "English",
	noScript: "Diese Seite bewegt sich mit JavaScript, das hier ausgeschaltet ist. Kaufen können Sie auch ohne:",
	noScriptLink: "Ohne JavaScript weiter",
	consoleNoScript: "Die Konsole braucht JavaScript.",
	list: {
		title: "Verkäufe",
		heading: "Eine feste Zahl. Ein Moment. Eine faire Reihenfolge.",
		lead: "Jeder Verkauf beginnt für alle in derselben Sekunde.",
		loading: "Die Verkäufe werden geladen …",
		past: "Frühere Verkäufe",
		description: "Verkäufe mit einer festen Stückzahl, in fairer Reihenfolge."
	},
	sale: {
		title: "Verkauf",
		countdown: "Zeit bis zum Beginn des Verkaufs",
		days: "Tage",
		hours: "Stunden",
		minutes: "Minuten",
		seconds: "Sekunden",
		quantity: "Anzahl",
		buy: "Kaufen",
		more: "Mehr kaufen …",
		stop: "Nicht weiter versuchen",
		toOrder: "Meine Bestellung zeigen",
		toList: "Alle Verkäufe",
		orderId: "Bestellung",
		place: "Platz",
		units: "Stück",
		total: "Summe",
		reserved: "Reserviert",
		signedIn: "Sie sind angemeldet.",
		signedInAs: (address) => `Angemeldet als ${address}.`,
		signOut: "Abmelden",
		calendar: "In den Kalender",
		details: "Über diesen Verkauf",
		opens: "Beginn",
		ends: "Ende",
		limit: "Grenze"
	},
	preview: {
		title: "Vorschau",
		heading: "Vorschau: Hier kann nichts gekauft werden",
		loading: "Der Verkauf wird geladen …",
		moment: "Anzeigen",
		moments: {
			scheduled: "vor der Öffnung",
			open: "während er läuft",
			sold_out: "wenn er ausverkauft ist",
			ended: "nach seinem Ende"
		},
		realPage: "Seite im Shop öffnen"
	},
	share: {
		language: "de_DE",
		picture: "Stillleben: eine Kugel auf zwei glatten Steinen, daneben die Worte Flash sale",
		opensAt: (moment) => `Beginnt ${moment}.`,
		perBuyer: (limit) => `höchstens ${limit} pro Person`
	},
	line: {
		quantity: "Anzahl",
		join: "Anstellen",
		check: {
			name: "Prüfung beim Anstellen",
			progress: "Wie weit die Prüfung wahrscheinlich ist",
			without: "Ohne die Prüfung anstellen: Sie kommen hinter denen, die sie gemacht haben",
			slower: "Das ist die langsamere Spur: hinter allen aus Ihrer Liste, die die Prüfung gemacht haben, und vor der nächsten Liste. Niemand wird abgewiesen.",
			cancel: "Abbrechen"
		},
		leave: "Schlange verlassen",
		proof: "Wie die Reihenfolge entsteht, und ihr Beweis",
		facts: {
			ahead: "Vor Ihnen, etwa",
			wait: "Bis Sie dran sind, etwa",
			turn: "Sie sind dran",
			left: "Bestand",
			pace: "Tempo",
			list: "Ihre Liste",
			lot: "Ihr Los",
			leaf: "Ihr Eintrag"
		}
	},
	signIn: {
		heading: "Mit der E-Mail-Adresse anmelden",
		email: "E-Mail-Adresse",
		sendCode: "Code senden",
		code: "Code aus der E-Mail",
		submit: "Anmelden",
		otherEmail: "Andere Adresse verwenden oder neuen Code senden",
		mailboxHint: "Dies ist ein lokaler Lauf: Die E-Mail liegt im",
		mailbox: "lokalen Postfach"
	},
	order: { title: "Ihre Bestellung" },
	orders: {
		title: "Meine Bestellungen",
		link: "Bestellungen",
		all: "Alle meine Bestellungen",
		place: "Platz",
		units: "Stück",
		price: "Preis"
	},
	missing: {
		title: "Nicht gefunden",
		heading: "Unter dieser Adresse wird nichts verkauft",
		body: "Vielleicht ist der Link unvollständig oder zu alt."
	}
};
// web/texts/en/pages.ts
/** The words of the static pages, in English. */
var pages = {
	skip: "Skip to the content",
	footer: "Every unit is sold exactly once. What we do not know yet, we say.",
	legal: {
		imprintUrl: "Imprint",
		privacyUrl: "Privacy",
		termsUrl: "Terms",
		notSet: (name, variable) => `${name}: not set yet (${variable})`
	},
	otherLocale: "Deutsch",
	noScript: "This page moves by JavaScript, which is off here. You can buy without it:",
	noScriptLink: "Go on without JavaScript",
	consoleNoScript: "The console needs JavaScript.",
	list: {
		title: "Sales",
		heading: "A fixed number. One moment. A fair order.",
		lead: "Each sale opens for everyone at the same second.",
		loading: "Loading the sales…",
		past: "Earlier sales",
		description: "Flash sales with a fixed number of units, sold in a fair order."
	},
	sale: {
		title: "Sale",
		countdown: "Time until the sale opens",
		days: "days",
		hours: "hours",
		minutes: "minutes",
		seconds: "seconds",
		quantity: "Quantity",
		buy: "Buy",
		more: "Buy more…",
		stop: "Stop trying",
		toOrder: "Show my order",
		toList: "All sales",
		orderId: "Order",
		place: "Place",
		units: "Units",
		total: "Total",
		reserved: "Reserved",
		signedIn: "You are signed in.",
		signedInAs: (address) => `Signed in as ${address}.`,
		signOut: "Sign out",
		calendar: "Add to calendar",
		details: "About this sale",
		opens: "Opens",
		ends: "Ends",
		limit: "Limit"
	},
	preview: {
		title: "Preview",
		heading: "Preview: nothing can be bought here",
		loading: "Loading the sale…",
		moment: "Show it",
		moments: {
			scheduled: "before it opens",
			open: "while it is open",
			sold_out: "once it is sold out",
			ended: "after it has ended"
		},
		realPage: "Open the shop's page"
	},
	share: {
		/** As Open Graph names a language. */
		language: "en_GB",
		picture: "Still life: a sphere resting on two smooth stones, beside the words Flash sale",
		opensAt: (moment) => `Opens ${moment}.`,
		perBuyer: (limit) => `at most ${limit} per person`
	},
	line: {
		quantity: "Quantity",
		join: "Join the line",
		check: {
			name: "Check on joining",
			progress: "How far the check probably is",
			without: "Join without the check: you come behind those who did it",
			slower: "That is the slower lane: behind everybody of your list who did the check, and before the next list. Nobody is turned away.",
			cancel: "Cancel"
		},
		leave: "Leave the line",
		proof: "How the order is made, and its proof",
		facts: {
			ahead: "Ahead of you, about",
			wait: "Until your turn, about",
			turn: "Your turn",
			left: "Units",
			pace: "Pace",
			list: "Your list",
			lot: "Your lot",
			leaf: "Your entry"
		}
	},
	signIn: {
		heading: "Sign in with your e-mail",
		email: "E-mail address",
		sendCode: "Send me a code",
		code: "Code from the e-mail",
		submit: "Sign in",
		otherEmail: "Use another address, or send a new code",
		mailboxHint: "This is a local run: the e-mail is in the",
		mailbox: "local mailbox"
	},
	order: { title: "Your order" },
	orders: {
		title: "My orders",
		link: "My orders",
		all: "All my orders",
		place: "Place",
		units: "Units",
		price: "Price"
	},
	missing: {
		title: "Not found",
		heading: "Nothing is sold at this address",
		body: "The link may be incomplete or too old."
	}
};
// web/texts/pages.ts
/** What a page in this language is made with. */
var wordsIn = (locale) => locale === "de" ? {
	locale,
	pages: pages$1,
	faces
} : {
	locale,
	pages,
	faces: faces$1
};
/** What a page of this address is made with. */
var wordsOf = (path) => wordsIn(localeOfPath(path));
var $$SiteFooter = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$SiteFooter;
	const { locale, pages } = wordsOf(Astro.url.pathname);
	const { legal } = pages;
	return renderTemplate`${maybeRenderHead($$result)}<footer class="site-footer"><p>${pages.footer}</p><ul class="legal">${legalLinks.map((link) => renderTemplate`<li>${shop[link] === "" ? legal.notSet(legal[link], shopVariables[link]) : renderTemplate`<a${addAttribute(linkIn(shop[link], locale), "href")}>${legal[link]}</a>`}</li>`)}</ul></footer>`;
}, "/work/wt/line-console/web/src/components/site-footer.astro", void 0);
var $$Base = createComponent(($$result, $$props, $$slots) => {
	const Astro2 = $$result.createAstro($$props, $$slots);
	Astro2.self = $$Base;
	const { pathname } = Astro2.url;
	const { locale, pages } = wordsOf(pathname);
	const other = locale === "en" ? "de" : "en";
	const bare = locale === "en" ? pathname : pathname.slice(`/${locale}`.length);
	const isConsole = bare.startsWith("/admin");
	const otherPath = bare.startsWith("/404") ? null : localePath(other, bare);
	const { title, description = pages.list.description } = Astro2.props;
	const fullTitle = `${title} · ${shop.name}`;
	const policy = pagePolicy;
	return renderTemplate`<html${addAttribute(locale, "lang")}><head><meta charset="utf-8">${policy && renderTemplate`<meta http-equiv="Content-Security-Policy"${addAttribute(policy, "content")}>`}<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6f4ef"><meta name="theme-color" media="(prefers-color-scheme: dark)" content="#12110f"><!--fill:head--><title>${fullTitle}</title><meta name="description"${addAttribute(description, "content")}><meta property="og:type" content="website"><meta property="og:site_name"${addAttribute(shop.name, "content")}><meta property="og:title"${addAttribute(fullTitle, "content")}><meta property="og:description"${addAttribute(description, "content")}>${otherPath && renderTemplate`<link rel="alternate"${addAttribute(other, "hreflang")}${addAttribute(otherPath, "href")}>`}<!--/fill:head--><link rel="icon" href="/favicon.svg" type="image/svg+xml"><noscript><link rel="stylesheet" href="/no-script.css"></noscript>${renderSlot($$result, $$slots["head"])}${renderHead($$result)}</head><body>${renderComponent($$result, "Icons", $$Icons, {})}<a class="skip" href="#main">${pages.skip}</a><header class="site-header"><a class="wordmark"${addAttribute(localePath(locale, "/"), "href")}><svg aria-hidden="true"><use href="#icon-bolt"></use></svg>${shop.name}</a><div class="site-links">${!isConsole && renderTemplate`<a data-part="orders-link"${addAttribute(localePath(locale, "/orders/"), "href")}${addAttribute(bare === "/orders/" ? "page" : void 0, "aria-current")}>${pages.orders.link}</a>`}${otherPath && renderTemplate`<a data-part="other-locale" data-fill="other-locale"${addAttribute(otherPath, "href")}${addAttribute(other, "hreflang")}${addAttribute(other, "lang")}>${pages.otherLocale}</a>`}</div></header><main id="main" tabindex="-1"><noscript><p class="notice">${isConsole ? pages.consoleNoScript : renderTemplate`${renderComponent($$result, "Fragment", Fragment, {}, { "default": ($$result2) => renderTemplate`${pages.noScript}${" "}<a data-fill="plain"${addAttribute(plainPath(locale), "href")}>${pages.noScriptLink}</a>` })}`}</p></noscript>${renderSlot($$result, $$slots["default"])}</main>${renderComponent($$result, "SiteFooter", $$SiteFooter, {})}<p class="visually-hidden" data-part="announcer" role="status"></p>${renderScript($$result, "/work/wt/line-console/web/src/layouts/base.astro?astro&type=script&index=0&lang.ts")}</body></html>`;
}, "/work/wt/line-console/web/src/layouts/base.astro", void 0);
export { createAstro as a, renderScript as i, wordsOf as n, createComponent as o, pages as r, $$Base as t };
