import type { InferOutput } from "valibot";
import { loadConfig } from "../../core/config.ts";
import { type PageName, pages } from "../../core/contract/pages.ts";
import type { Problem } from "../../core/contract/problem.ts";
import { type Answer, refuse } from "../answer/answer.ts";
import { isOwnForm } from "../request/own-form.ts";
import { pageEndpoint, type PageRequest } from "./page.ts";
import { checkFields, type Fields, readFields, Refused } from "../request/request.ts";

type Pages = typeof pages;
/** The pages that take a form. */
type FormName = {
  [Name in PageName]: Pages[Name] extends { readonly form: unknown } ? Name : never;
}[PageName];
type FormRequest<Name extends FormName> = PageRequest & { readonly form: InferOutput<Pages[Name]["form"]> };

/** Answers a form whose wrong fields `problem` names; null: by a page that names them. */
type OnInvalid = (request: PageRequest, problem: Problem, fields: Fields) => Answer | null;

/** A Lambda handler for one form: refuses what another site's page has sent, and reads the fields as the pages table says. */
export function formEndpoint<Name extends FormName>(
  name: Name,
  handle: (request: FormRequest<Name>) => Promise<Answer>,
  onInvalid: OnInvalid = () => null,
) {
  const config = loadConfig(["SITE_URL"]);
  return pageEndpoint(name, async (request) => {
    if (!isOwnForm(request.event, config)) throw new Refused(refuse("forbidden"));
    const fields = readFields(request.event);
    const checked = checkFields(pages[name].form, fields);
    if (checked.kind === "valid") return handle({ ...request, form: checked.value });
    const answer = onInvalid(request, checked.refused.answer.problem, fields);
    if (!answer) throw checked.refused;
    return answer;
  });
}
