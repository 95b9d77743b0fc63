// `npm run environment`: writes docs/environment.md and .env.example from the code that reads the environment.
import { writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { environmentDocs } from "./environment-docs.ts";

for (const [path, text] of Object.entries(environmentDocs())) {
  const isMarkdown = path.endsWith(".md");
  writeFileSync(
    path,
    isMarkdown ? await format(text, { ...(await resolveConfig(path)), filepath: path }) : text,
  );
  console.log(path);
}
