import type { Resource } from "./record-resources.ts";
import { readStage, type Stage } from "./synthesize.ts";

type Inputs = Readonly<Record<string, unknown>>;
type Environment = { readonly variables: Readonly<Record<string, string>> } | undefined;
type NetworkConfig = { readonly securityGroupIds: readonly string[] } | undefined;

/** A stage's resources, by their kind in short: `lambda/function` for `aws:lambda/function:Function`. */
export function view(stage: Stage) {
  const resources = readStage(stage);
  const all = (kind: string): readonly (Resource & { inputs: Inputs })[] =>
    resources.filter(({ type }) => type.startsWith(`aws:${kind}:`));
  function resourceOf(kind: string, name?: string): Resource & { inputs: Inputs } {
    const matches = all(kind).filter((resource) => name === undefined || resource.name === name);
    if (matches.length !== 1) throw new Error(`${stage} has ${matches.length} of ${kind} ${name ?? ""}`);
    return matches[0]!;
  }
  return { resources, all, resourceOf, functions: () => all("lambda/function").map(toFunction) };
}

/** A function under the name of its component, such as ApiRouteOrderHandler. */
function toFunction({ name, inputs, dependencies }: Resource & { inputs: Inputs }) {
  return {
    name: name.replace(/Function$/, ""),
    inputs,
    dependencies,
    variables: (inputs["environment"] as Environment)?.variables ?? {},
    securityGroups: (inputs["vpcConfig"] as NetworkConfig)?.securityGroupIds ?? [],
  };
}

export type Statement = {
  Effect: string;
  Action: string[];
  Resource: string[];
  /** By the kind of test, then by the variable that it is of. */
  Condition?: Record<string, Record<string, string[]>>;
};

/** The statements of a role's inline policies. */
export const statementsOf = (role: { inputs: Inputs }): readonly Statement[] =>
  ((role.inputs["inlinePolicies"] ?? []) as { policy: string }[]).flatMap(
    ({ policy }) => (JSON.parse(policy) as { Statement: Statement[] }).Statement,
  );
