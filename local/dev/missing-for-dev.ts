import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** One sentence on what `npm run dev` lacks, with the remedy; null: nothing. */
export function missingForDev(environment: Environment, home: string = homedir()): string | null {
  const hasKeys = Boolean(environment["AWS_ACCESS_KEY_ID"] || environment["AWS_PROFILE"]);
  const hasFiles = ["config", "credentials"].some((name) => existsSync(join(home, ".aws", name)));
  if (!hasKeys && !hasFiles)
    return "npm run dev needs an AWS account, where all but Redis and PostgreSQL runs: sign in with `aws sso login` and set AWS_PROFILE. `npm start` needs none.";
  if (!environment["MAIL_FROM"])
    return "npm run dev needs MAIL_FROM, the verified SES address that sends sign-in codes: set it in the environment or in .env (see docs/deploying.md).";
  return null;
}
