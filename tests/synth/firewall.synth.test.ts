import { expect, test } from "vitest";
import { httpFunction, httpNames } from "../../core/topology.ts";
import { view } from "./view.ts";

const { resourceOf } = view("production");
type Match = { readonly regexString?: string; readonly searchString?: string };
type RateBased = {
  readonly limit: number;
  readonly evaluationWindowSec: number;
  readonly aggregateKeyType: string;
  readonly scopeDownStatement: {
    readonly andStatement: {
      readonly statements: { byteMatchStatement?: Match; regexMatchStatement?: Match }[];
    };
  };
};
type Rule = {
  readonly name: string;
  readonly priority: number;
  readonly action: object;
  readonly statement: { readonly rateBasedStatement?: RateBased };
};
const acl = resourceOf("wafv2/webAcl").inputs as { rules: Rule[]; customResponseBodies: { key: string }[] };

/** The routes that a rule counts, as `POST /path`. */
function countedBy(name: string): string[] {
  const rateBased = acl.rules.find((rule) => rule.name === name)?.statement.rateBasedStatement;
  const statements = rateBased?.scopeDownStatement.andStatement.statements ?? [];
  const method = statements.flatMap(({ byteMatchStatement }) => byteMatchStatement?.searchString ?? [])[0];
  const path = statements.flatMap(({ regexMatchStatement }) => regexMatchStatement?.regexString ?? [])[0];
  const routes = httpNames.map((key) => httpFunction(key).route.replace("{locale}", "de"));
  return routes.filter((route) => {
    const [routeMethod, routePath = ""] = route.split(" ");
    return routeMethod === method && new RegExp(path ?? "$^").test(routePath);
  });
}

test("an address is counted by its purchases, sign-ins and payments, and by nothing that only looks", () => {
  expect(countedBy("Purchases")).toEqual(["POST /api/sale/purchase", "POST /plain/de/purchase"]);
  expect(countedBy("SignIns").sort()).toEqual([
    "POST /api/identity/code",
    "POST /api/identity/passkey/session",
    "POST /api/identity/session",
    "POST /plain/de/code",
    "POST /plain/de/session",
  ]);
  expect(countedBy("Payments").sort()).toEqual([
    "POST /api/sale/order/{orderId}/payment",
    "POST /plain/de/cancel",
    "POST /plain/de/payment",
  ]);
  const counting = acl.rules.filter(({ statement }) => statement.rateBasedStatement);
  expect(counting.map(({ name }) => name)).toEqual(["Purchases", "SignIns", "Payments"]);
  for (const { statement } of counting)
    expect(statement.rateBasedStatement).toMatchObject({ aggregateKeyType: "IP", evaluationWindowSec: 60 });
  // An office of a hundred may try, and try again.
  expect(counting.map(({ statement }) => statement.rateBasedStatement!.limit)).toEqual([1_200, 400, 300]);
});

test("what is too much is answered as the API does: 429, with a time", () => {
  for (const { action } of acl.rules.slice(0, 3))
    expect(action).toEqual({
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: "too-many",
          responseHeaders: [{ name: "retry-after", value: "30" }],
        },
      },
    });
  expect(acl.customResponseBodies.map(({ key }) => key)).toEqual(["too-many"]);
});

test("AWS's rules come after, each priority once, and let an upload through, which is larger than they allow", () => {
  expect(acl.rules.map(({ priority }) => priority)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(acl.rules.slice(3).map(({ name }) => name)).toEqual([
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
  ]);
  expect(acl.rules[3]?.statement).toEqual({
    managedRuleGroupStatement: expect.objectContaining({
      ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
    }),
  });
});

test("it stands before the site of production, logs for a week what it blocks, and is none of a preview's cost", () => {
  expect(resourceOf("cloudfront/distribution").inputs["webAclId"]).toContain("SiteWaf");
  expect(resourceOf("cloudwatch/logGroup", "SiteWafLogGroup").inputs["retentionInDays"]).toBe(7);
  expect(view("preview").all("wafv2/webAcl")).toEqual([]);
});
