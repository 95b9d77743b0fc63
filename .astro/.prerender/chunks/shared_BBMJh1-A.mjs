// web/src/shop.ts
/** The shop, as its settings were when the site was built (astro.config.ts). */
var shop = {
	"name": "Flash sale",
	"accent": "",
	"imprintUrl": "",
	"privacyUrl": "",
	"termsUrl": "",
	"contact": "",
	"nextStepsEn": "",
	"nextStepsDe": ""
};
// web/texts/looks.ts
var look = (icon, tone) => ({
	icon,
	tone
});
/** Of every language the same. */
var faceLooks = {
	loading: look("dots", "quiet"),
	unreachable: look("offline", "wait"),
	not_found: look("question", "quiet"),
	scheduled: look("clock", "quiet"),
	opening: look("clock", "live"),
	open: look("bolt", "live"),
	sold_out: look("box", "quiet"),
	paused: look("pause", "wait"),
	recovering: look("dots", "wait"),
	ended: look("flag", "quiet"),
	submitting: look("dots", "live"),
	checking: look("dots", "wait"),
	rate_limited: look("clock", "wait"),
	purchase_paused: look("pause", "wait"),
	offline: look("offline", "wait"),
	session_expired: look("key", "wait"),
	pending: look("dots", "wait"),
	accepted: look("check", "good"),
	confirmed: look("check", "good"),
	already_bought: look("check", "good"),
	rejected: look("cross", "bad"),
	returned: look("box", "quiet"),
	not_open: look("clock", "wait"),
	not_your_turn: look("clock", "wait"),
	too_few: look("box", "wait"),
	refused: look("cross", "bad")
};
/** Words of a language in their looks. */
var dress = (looks, words) => {
	const dressed = {};
	for (const kind of Object.keys(looks)) dressed[kind] = {
		...words[kind],
		...looks[kind]
	};
	return dressed;
};
// web/texts/locale.ts
var locales = ["en", "de"];
/** English lives at the root, every other language under its own folder. */
var localePath = (locale, path) => locale === "en" ? path : `/${locale}${path}`;
/** Where to buy without script. */
var plainPath = (locale, path = "") => `/plain/${locale}${path}`;
var localeOfPath = (path) => locales.find((locale) => path === `/${locale}` || path.startsWith(`/${locale}/`)) ?? "en";
/** For the pages that exist in each language. */
var localeRoutes = () => locales.map((locale) => ({ params: { locale: locale === "en" ? void 0 : locale } }));
// web/texts/texts.ts
/** The page's language, which its address has chosen; English where there is no page. */
var locale = globalThis.document?.documentElement.lang === "de" ? "de" : "en";
locale === "de" ? (await import("./texts_BziBw481.mjs")).texts : (await import("./texts_BYF_f_tn.mjs")).texts;
export { plainPath as a, shop as c, localeRoutes as i, localeOfPath as n, dress as o, localePath as r, faceLooks as s, locale as t };
