import { stage } from "./stage.ts";

/** Modules that only exist at the developer's or that the runtime does without. */
const NOT_BUNDLED = ["pg-native"];

/** What all functions have in common, the helper functions of SST's components included. */
export function applyFunctionDefaults(): void {
  $transform(sst.aws.Function, (args) => {
    args.runtime ??= "nodejs24.x";
    args.architecture ??= "arm64";
    args.logging ??= { format: "json", retention: stage.logs };
    args.nodejs ??= {
      format: "esm",
      minify: true,
      // Clients that most attempts never need stay in chunks of their own.
      splitting: true,
      loader: { ".lua": "text" },
      esbuild: { external: NOT_BUNDLED },
    };
    args.transform ??= {};
    // X-Ray without an SDK: nothing is imported for it.
    args.transform.function ??= (lambda) => {
      lambda.tracingConfig = { mode: "Active" };
    };
    if (!$dev) args.transform.role = trustLambdaAlone(args.transform.role);
  });
}

/**
 * SST 4.17 lets the account's root assume every function's role: it tests a promise where it means its value
 * (function.ts, `assumeRolePolicy: !dev`). `sst dev` needs that; nothing else does.
 */
function trustLambdaAlone(previous: RoleTransform): RoleTransform {
  return (role, options, name) => {
    if (typeof previous === "function") previous(role, options, name);
    else Object.assign(role, previous);
    role.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });
  };
}

type RoleTransform = NonNullable<sst.aws.FunctionArgs["transform"]>["role"];
