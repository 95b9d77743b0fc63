/** Lines of JavaScript that Postman and Newman run beside a request. */
export type Script = readonly string[];

const MOST_TRIES = 50;
const PAUSE_MS = 200;

export const set = (variable: string, expression: string): string =>
  `pm.collectionVariables.set("${variable}", ${expression});`;

/** Keeps something of the answer for the requests after it. */
export const keep = (variable: string, expression: string): string => set(variable, `answer.${expression}`);

/** The answer's status is one of these. */
export const status = (...statuses: readonly number[]): string =>
  `pm.test("answers ${statuses.join(" or ")}", () => pm.expect(pm.response.code).to.be.oneOf([${statuses.join(", ")}]));`;

/** A test by name, of an expression about `answer` that must be true. */
export const holds = (name: string, expression: string): string =>
  `pm.test(${JSON.stringify(name)}, () => pm.expect(${expression}).to.equal(true));`;

/** The script after a request whose answer is JSON. */
export const after = (...lines: Script): Script => ["const answer = pm.response.json();", ...lines];

/** The same, but the request is sent again, for ten seconds at most, while the answer says that it is too early to tell. */
export const afterWaiting = (isTooEarly: string, ...lines: Script): Script => [
  "const answer = pm.response.json();",
  'const tries = Number(pm.collectionVariables.get("tries") || 0) + 1;',
  `if ((${isTooEarly}) && tries < ${MOST_TRIES}) {`,
  `  ${set("tries", "tries")}`,
  "  pm.execution.setNextRequest(pm.info.requestName);",
  `  setTimeout(() => {}, ${PAUSE_MS});`,
  "} else {",
  `  ${set("tries", "0")}`,
  ...lines.map((line) => `  ${line}`),
  "}",
];
