import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
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
      // Uploaded, a map for each chunk of each function would be a thousand objects in the deploy's state.
      sourcemap: false,
      loader: { ".lua": "text" },
      esbuild: { external: NOT_BUNDLED },
    };
    // SST 4.17 would pack the maps that it does not upload: four fifths of the bundle.
    args.hook ??= { postbuild: removeMaps };
    // Lambda writes traces by itself, with this policy of AWS's own; no SDK is imported for it.
    args.policies ??= ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"];
    args.transform ??= {};
    args.transform.function ??= (lambda) => {
      lambda.tracingConfig = { mode: "Active" };
    };
    if (!$dev) args.transform.role = trustLambdaAlone(args.transform.role);
  });
}

async function removeMaps(bundle: string): Promise<void> {
  const maps = (await readdir(bundle)).filter((name) => name.endsWith(".map"));
  await Promise.all(maps.map((name) => rm(join(bundle, name))));
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
