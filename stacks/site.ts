import { shopEnvironment } from "./shop.ts";

type Parts = { readonly router: sst.aws.Router | undefined; readonly api: sst.aws.ApiGatewayV2 };

/** The static storefront and console. In `sst dev` the local CDN serves it, with the live API behind it. */
export function createSite({ router, api }: Parts): void {
  new sst.aws.StaticSite("Storefront", {
    path: "web",
    build: { command: "npm --prefix .. run site", output: "dist" },
    // What the router answers with where there is no file. SST's `errorPage` is for a CDN of its own, and error responses
    // of the common one would stand in the place of the API's refusals. `/` stays index.html.
    indexPage: "404.html",
    ...(router && { router: { instance: router } }),
    assets: {
      // Pages that were opened before a deploy still need the files of the old one. They are small, and stay.
      purge: false,
      fileOptions: [
        { files: "**", cacheControl: "public,max-age=60" },
        // Their names change with their content.
        { files: "_astro/**", cacheControl: "public,max-age=31536000,immutable" },
      ],
    },
    dev: {
      title: "Site",
      command: "npm --prefix .. run site -- --serve",
      url: "http://localhost:3000",
    },
    environment: { ...shopEnvironment, ...($dev && { API_URL: api.url }) },
  });
}
