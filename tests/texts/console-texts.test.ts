import { describe, expect, test } from "vitest";
import { consoleTexts as german } from "../../web/texts/de/console.ts";
import { consoleTexts as english } from "../../web/texts/en/console.ts";
import { allFiles, readSource } from "../architecture/source-files.ts";
import { isSentence, leavesOf, literalsIn, markupTextsIn } from "./literals.ts";

const at = (pattern: RegExp) => allFiles.filter((path) => pattern.test(path) && !path.endsWith(".test.ts"));

/** Where what operators are told is written; the console shows it as the API sends it. */
const speaking = [
  ...at(
    /^core\/contract\/(admin|admin-orders|visibility|preview|cancellation|ids|instant|picture|purchase|reconciliation|sale|sale-mode|text|wrong-mode|webhooks|events|api-keys)\.ts$/,
  ),
  ...at(/^core\/guardian\/duties\/recover-duty\.ts$|^core\/guardian\/(guard-sale|recover-by-hand)\.ts$/),
  ...at(
    /^core\/(sale\/(change-sale|visibility)|line\/change-(mode|terms)|administration\/(ask-before-change|put-in-force|update-sale)|picture\/read-files)\.ts$/,
  ),
  ...at(/^core\/reconciliation\/(money|reconcile)\.ts$/),
  ...at(
    /^functions\/http\/(admin-sales|preview-link|sale-preflight|cancel-order|change-line|create-sale|order-history|pause-sale|resume-sale|end-sale|ready|sale-audit|sale-line|sale-numbers|sale-orders|people|change-role|acts|dead-letters|redrive-dead-letters|export-buyer|decide-go|sale-report|sale-report-orders|erase-buyer|erasures|sale-reconciliation|start-rehearsal|store-picture|update-sale)\.ts$/,
  ),
  ...at(/^functions\/http\/([\w-]*webhook[\w-]*|[\w-]*api-keys?)\.ts$|^core\/webhooks\/endpoint-url\.ts$/),
  ...at(/^functions\/(compose\/(webhooks|apply-change|pictures|route-endpoint)|request\/request)\.ts$/),
];
/** Of the same files, what only shoppers meet, or nobody. */
const elsewhere = [
  "must be a ticket as it was answered",
  "must be an invitation as it was answered",
  "pic_ and 40 hexadecimal digits",
];

/** The whole of a saying, its end, or one of those that it stands for. */
const isKnown = (sentence: string) =>
  german.sayings.some(
    ([saying]) =>
      saying.endsWith(sentence) || patternOf(sentence).test(saying) || patternOf(saying).test(sentence),
  );
const patternOf = (sentence: string) =>
  new RegExp(
    `^${sentence
      .split("{}")
      .map((text) => text.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&"))
      .join(".+")}$`,
  );

describe("what the API says to operators", () => {
  test.each(speaking)("%s says nothing that the console cannot say in German", (path) => {
    const sentences = literalsIn(readSource(path)).filter(isSentence);
    expect(sentences.filter((sentence) => !isKnown(sentence) && !elsewhere.includes(sentence))).toEqual([]);
  });
});

describe("no visible text stands outside web/texts", () => {
  const markup = [
    ...at(/^web\/src\/pages\/\[\.\.\.locale\]\/admin\/.*\.astro$/),
    ...at(
      /^web\/src\/components\/(console|confirm|order-dialog|mode|picture|translation|sign-in|chip)[\w-]*\.astro$/,
    ),
  ];
  test.each(markup)("%s", (path) => expect(markupTextsIn(readSource(path))).toEqual([]));

  /** A font, and what a message of the contract is known by. */
  const unseen = ["12px system-ui, sans-serif", "after closesAt"];
  test.each(at(/^web\/src\/features\/console\/[\w-]+\.ts$/))("%s", (path) => {
    const source = readSource(path);
    const written = [
      ...source.matchAll(
        /(?:setText\((?:[^()]|\([^()]*\))*,\s*|textContent = |\btell\()["`]([^"`$]*\p{L}{2}[^"`]*)["`]/gu,
      ),
    ];
    expect(written.map(([, text]) => text)).toEqual([]);
    expect(literalsIn(source).filter((text) => isSentence(text) && !unseen.includes(text))).toEqual([]);
  });

  test("and what does is found", () => {
    expect(
      markupTextsIn(`---\nconst a = "b c";\n---\n<p title="Some words">{a} and <b>more</b></p>`),
    ).toEqual(["and", "more", "Some words"]);
    expect(
      literalsIn(`tell("Not so"); throw new Error("a defect"); say(\`\${n} units left\`);`).filter(
        isSentence,
      ),
    ).toEqual(["Not so", "{} units left"]);
  });
});

test("the German console is German: nothing of it is as in English, but for names and figures", () => {
  const words = new Map(leavesOf(english));
  const same = leavesOf(german).filter(([path, text]) => words.get(path) === text && /\p{L}{3}/u.test(text));
  const names =
    /^(fields\.name|list\.columns\.phase|list\.technical\.\w+|live\.technical\.\w+|live\.meanings\.\d+\.0|line\.numbers\.phase|form\.name|(report|orders)\.json|webhooks\.(link|heading|(columns|add)\.name)|keys\.(columns|add)\.name)$/;
  expect(same.filter(([path]) => !names.test(path))).toEqual([]);
});
