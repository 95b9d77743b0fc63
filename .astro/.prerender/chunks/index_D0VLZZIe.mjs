import { t as __exportAll } from "./rolldown-runtime_D8jQpDG7.mjs";
import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, l as Fragment, t as spreadAttributes, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, i as renderScript, o as createComponent } from "./base_Ex9HlZyp.mjs";
import { t as $$ConfirmDialog } from "./confirm-dialog_DQpMNlas.mjs";
import { n as consoleIn, r as consoleOf, t as $$ConsoleFrame } from "./console-frame_CPwArnow.mjs";
import { i as localeRoutes, n as localeOfPath, r as localePath } from "./shared_BBMJh1-A.mjs";
// web/src/components/mode-field.astro
createAstro("https://astro.build");
var $$ModeField = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$ModeField;
	const words = consoleOf(Astro.url.pathname).form.mode;
	return renderTemplate`${maybeRenderHead($$result)}<fieldset class="wide mode-field" data-part="mode-field"><legend>${words.legend}</legend><div class="field wide"><label><span>${words.fields.mode}</span><select name="mode" data-part="mode-kind" aria-describedby="mode-note">${Object.entries(words.kinds).map(([kind, word]) => renderTemplate`<option${addAttribute(kind, "value")}>${word}</option>`)}</select></label><p class="soft" id="mode-note" data-part="mode-note"></p><p class="toned" data-tone="bad" data-part="mode-late" role="status" hidden></p></div>${["closesAt", "resultAt"].map((name) => renderTemplate`<div class="field"${addAttribute(`${name}-field`, "data-part")} hidden><label><span>${words.fields[name]}</span><input${addAttribute(name, "id")}${addAttribute(name, "name")} type="datetime-local" step="1"></label><output${addAttribute(name, "for")}${addAttribute(`${name}-both`, "data-part")}></output></div>`)}${[
		"listSeconds",
		"turnMinutes",
		"admissionsPerSecond",
		"mostInside"
	].map((name) => renderTemplate`<div class="field"${addAttribute(`${name}-field`, "data-part")} hidden><label><span>${words.fields[name]}</span><input${addAttribute(name, "name")} type="text" inputmode="decimal"></label></div>`)}</fieldset>`;
}, "/work/wt/line-console/web/src/components/mode-field.astro", void 0);
// core/contract/language.ts
/** The languages that shoppers are spoken to in, on pages and in mails. */
var languages = ["en", "de"];
// web/src/components/translation-field.astro
createAstro("https://astro.build");
var $$TranslationField = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$TranslationField;
	const { form, fields } = consoleOf(Astro.url.pathname);
	return renderTemplate`${maybeRenderHead($$result)}<details class="wide" data-part="translations"><summary>${form.translations.legend}</summary><div class="translations"><p class="note wide">${form.translations.note}</p>${languages.map((language) => renderTemplate`${renderComponent($$result, "Fragment", Fragment, {}, { "default": ($$result) => renderTemplate`<div class="field"><label><span>${fields[`name.${language}`]}</span><input${addAttribute(`name.${language}`, "name")} type="text" maxlength="120"${addAttribute(language, "lang")}></label></div><div class="field"><label><span>${fields[`description.${language}`]}</span><textarea${addAttribute(`description.${language}`, "name")} rows="3" maxlength="2000"${addAttribute(language, "lang")}></textarea></label></div>` })}`)}</div></details>`;
}, "/work/wt/line-console/web/src/components/translation-field.astro", void 0);
// web/src/components/picture-field.astro
createAstro("https://astro.build");
var $$PictureField = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$PictureField;
	const words = consoleOf(Astro.url.pathname).form.picture;
	return renderTemplate`${maybeRenderHead($$result)}<fieldset class="wide picture-field" data-part="picture-field"><legend>${words.legend}</legend><div class="art" data-part="picture-preview" hidden></div><label><span>${words.file}</span><input type="file" accept="image/jpeg,image/png,image/webp,image/avif" data-part="picture-file" aria-describedby="picture-note picture-error"></label><p class="note" id="picture-note">${words.note}</p><p class="field-error" id="picture-error" data-part="picture-error" role="alert"></p><p class="note" data-part="picture-status" role="status"></p><label data-part="picture-alt-label" hidden><span>${words.alt}</span><input type="text" maxlength="250" data-part="picture-alt" aria-describedby="picture-alt-note"><span class="note" id="picture-alt-note">${words.altNote}</span></label><button class="button quiet" type="button" data-part="picture-remove" hidden>${words.remove}</button></fieldset>`;
}, "/work/wt/line-console/web/src/components/picture-field.astro", void 0);
// web/src/pages/[...locale]/admin/edit/index.astro
var edit_exports = /* @__PURE__ */ __exportAll({
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
	const locale = localeOfPath(Astro.url.pathname);
	const texts = consoleIn(locale);
	const words = texts.form;
	const whole = {
		type: "number",
		min: "1",
		step: "1",
		inputmode: "numeric",
		required: true
	};
	return renderTemplate`${renderComponent($$result, "ConsoleFrame", $$ConsoleFrame, { "title": texts.title }, { "default": ($$result) => renderTemplate`${maybeRenderHead($$result)}<div class="console-head"><h1 data-part="form-title">${words.title(false, false)}</h1></div><form class="sale-form" data-part="sale-form" hidden><div class="field wide"><label><span>${words.name}</span><input name="name" type="text" maxlength="120" required></label></div><div class="field wide"><label><span>${words.description}</span><textarea name="description" rows="3" maxlength="2000"></textarea></label></div>${renderComponent($$result, "TranslationField", $$TranslationField, {})}${renderComponent($$result, "PictureField", $$PictureField, {})}<div class="field"><label><span>${words.price}</span><input name="priceMinor" type="text" inputmode="decimal" required></label></div><div class="field"><label><span>${words.currency}</span><input name="currency" type="text" value="EUR" pattern="[A-Z]{3}" maxlength="3" required></label></div><div class="field"><label><span>${words.allocated}</span><input name="allocated"${spreadAttributes(whole)}></label></div><div class="field"><label><span>${words.purchaseLimit}</span><input name="purchaseLimit" value="1"${spreadAttributes(whole)}></label></div><div class="field"><label><span>${words.attemptLimit}</span><input name="attemptLimit" value="10"${spreadAttributes(whole)}></label></div><div class="field"><label><span>${words.zone}</span><select name="zone" data-part="zone"></select></label></div><div class="field"><label><span>${words.startsAt}</span><input id="starts-at" name="startsAt" type="datetime-local" step="1" required></label><output for="starts-at" data-part="startsAt-both"></output></div><div class="field"><label><span>${words.endsAt}</span><input id="ends-at" name="endsAt" type="datetime-local" step="1"></label><output for="ends-at" data-part="endsAt-both"></output></div>${renderComponent($$result, "ModeField", $$ModeField, {})}<div class="field wide" data-part="visibility-field" hidden><label><span>${words.visibility}</span><select name="visibility">${Object.entries(words.visibilities).map(([value, word]) => renderTemplate`<option${addAttribute(value, "value")}>${word}</option>`)}</select></label></div><div class="buttons wide"><button class="button" type="submit">${words.save}</button><a class="button quiet"${addAttribute(localePath(locale, "/admin/"), "href")}>${words.cancel}</a></div></form><p class="notice" data-part="notice" role="alert" hidden></p>${renderComponent($$result, "ConfirmDialog", $$ConfirmDialog, {})}${renderScript($$result, "/work/wt/line-console/web/src/pages/[...locale]/admin/edit/index.astro?astro&type=script&index=0&lang.ts")}` })}`;
}, "/work/wt/line-console/web/src/pages/[...locale]/admin/edit/index.astro", void 0);
var $$file = "/work/wt/line-console/web/src/pages/[...locale]/admin/edit/index.astro";
var $$url = "/[...locale]/admin/edit";
// \0virtual:astro:page:src/pages/[...locale]/admin/edit/index@_@astro
var page = () => edit_exports;
export { page };
