// What `--help` says of the commands that have no text of their own. Like bootstrap.mjs: no dependency, nothing newer
// than Node 20.

/** A command that is not here reads `--help` itself. */
export const commandHelp = {
  test: `npm test -- [what vitest takes]

The static checks, then every test. With a path or a flag of vitest, the static checks and the tests that it names:

  npm test -- core/gate                   the tests below that folder
  npm test -- --project unit              one of unit, integration, integration-cluster, synthesis, browser
  npm test -- core/gate -t "sold out"     the tests of that name

\`npm run check\` runs the static checks alone.`,
  check: `npm run check

Format, lint, types, the OpenAPI document and unused code: all that can be said without running the product.`,
  screens: `npm run screens -- [scene …]

Takes a picture of every state into .local/screens/: phone and desktop, light and dark, English and German. With names of
scenes (tests/browser/scenes.ts and console-scenes.ts): those alone.`,
  "share-picture": `npm run share-picture

Draws web/public/share.png, the picture that is shown wherever a sale's address is shared.`,
  site: `npm run site -- [--serve]

Builds the site into web/dist/. With --serve: serves it as the CDN does, in front of the API at API_URL.`,
  "bench:web": `npm run bench:web

Measures the storefront against its budgets by Lighthouse, which is installed on first use. Exit code 1 on a miss.`,
  preflight: `npm run preflight -- <sale id>

Go or no-go for a sale of the stage that was last deployed from this folder. Needs AWS credentials.`,
  smoke: `npm run smoke

Buys once, end to end, on the stage that was last deployed from this folder. Needs AWS credentials.`,
  postman: `npm run postman

Writes the Postman collection from the OpenAPI document.`,
  dev: `npm run dev

\`sst dev\`: the functions on this machine, the rest in an AWS account. Needs AWS credentials and MAIL_FROM.`,
  environment: `npm run environment

Writes docs/environment.md and .env.example from the code that reads the environment.`,
  "db:migrate": `npm run db:migrate -- [--data DIR]

Brings a database to the newest schema; run twice, it changes nothing. \`npm start\` and every deploy do so themselves.
The database is that of DATABASE_URL, as its owner, else that of the \`npm start\` that has its data in DIR (.local).`,
  "db:seed": `npm run db:seed -- [--data DIR]

Creates the demonstration sales in the \`npm start\` that has its data in DIR (.local), unless they are there.`,
};
