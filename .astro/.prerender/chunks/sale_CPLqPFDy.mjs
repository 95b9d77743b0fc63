import { c as renderComponent, g as maybeRenderHead, h as renderTemplate, v as addAttribute } from "./server_BsBknl2N.mjs";
import { a as createAstro, n as wordsOf, o as createComponent } from "./base_Ex9HlZyp.mjs";
new RegExp(`^[23456789CDFHJKMNPQRTVWXY]{8}$`);
/** What a form's field takes, for its `pattern`: eight letters or digits, however they are spaced. */
var CODE_FIELD_PATTERN = `\\s*([0-9A-Za-z][\\s\\-]*){8}`;
// web/src/components/sign-in.astro
createAstro("https://astro.build");
var $$SignIn = createComponent(($$result, $$props, $$slots) => {
	const Astro = $$result.createAstro($$props, $$slots);
	Astro.self = $$SignIn;
	const { level = 3 } = Astro.props;
	const Heading = `h${level}`;
	const words = wordsOf(Astro.url.pathname).pages.signIn;
	return renderTemplate`${maybeRenderHead($$result)}<div class="sign-in" data-part="sign-in" hidden>${renderComponent($$result, "Heading", Heading, { "class": "sign-in-heading" }, { "default": ($$result) => renderTemplate`${words.heading}` })}<form data-part="email-form" novalidate><label for="email">${words.email}</label><div class="field-row"><input id="email" data-part="email" type="email" name="email" autocomplete="email" autocapitalize="off" spellcheck="false" required maxlength="254" aria-describedby="email-error"><button class="button" data-part="send-code" type="submit">${words.sendCode}</button></div><p class="field-error" id="email-error" data-part="email-error" role="alert"></p></form><form data-part="code-form" novalidate hidden><p data-part="code-sent-to"></p><label for="code">${words.code}</label><div class="field-row"><input id="code" class="code" data-part="code" type="text" name="code" inputmode="text" autocomplete="one-time-code" autocapitalize="characters" autocorrect="off" spellcheck="false"${addAttribute(CODE_FIELD_PATTERN, "pattern")}${addAttribute(24, "maxlength")} required aria-describedby="code-error"><button class="button" data-part="submit-code" type="submit">${words.submit}</button></div><p class="field-error" id="code-error" data-part="code-error" role="alert"></p><button class="link-button" data-part="other-email" type="button">${words.otherEmail}</button></form><p class="hint" data-part="mailbox-hint" hidden>${words.mailboxHint}${" "}<a href="/mailbox/" target="_blank" rel="noopener">${words.mailbox}</a>.</p></div>`;
}, "/work/wt/line-console/web/src/components/sign-in.astro", void 0);
export { $$SignIn as t };
