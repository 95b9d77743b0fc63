/**
 * What the CDN does to a request before anything else, as the text of a CloudFront function (cloudfront-js-2.0). SST puts
 * it at the start of its router's own, so it changes `event.request` and returns nothing.
 *
 * - A sale's address is rendered by a function, and the proof of its line is one file for all (local/cdn/origin-path.ts does
 *   the same).
 * - To the API goes the origin secret, without which it refuses, and the viewer's address, which is otherwise lost.
 * - A trace begins with us: nobody's own id gets into the records.
 * - Answers that are the same for everybody are asked for without what varies by viewer: a query string, a cookie, or a
 *   header of SST's cache key would be a way past the cache, one origin request each.
 * - The site's files have no query string.
 * - Below a folder of the site SST asks the bucket without looking whether there is such a file, and S3 would answer.
 */
export function edgeFunction(originSecret: string, pages: readonly string[]): string {
  // In two languages each, and named once: CloudFront takes 10 KB of a function.
  const own = pages.filter((page) => pages.includes(`/de${page}`));
  const others = pages.filter((page) => !own.includes(page) && !own.includes(page.replace(/^\/de/, "")));
  const alternatives = (names: readonly string[]) => names.join("|").replaceAll("/", "\\/");
  const known = [`(\\/de)?(${alternatives(own)})`, ...(others.length > 0 ? [alternatives(others)] : [])].join(
    "|",
  );
  const folders = [...new Set(pages.map((page) => page.split("/")[1]))].join("|");
  return `
  const request = event.request;
  const sale = /^(\\/de)?\\/sale\\/([^/]+)$/.exec(request.uri);
  if (sale && sale[2] !== "index.html") request.uri = "/page/" + (sale[1] ? "de" : "en") + "/sale/" + sale[2];
  const proof = /^(\\/de)?\\/sale\\/[^/]+\\/proof$/.exec(request.uri);
  if (proof) request.uri = (proof[1] || "") + "/proof/index.html";
  const isApi = /^\\/(api|page|plain)\\//.test(request.uri);
  delete request.headers["x-open-next-cache-key"];
  delete request.headers["x-origin-secret"];
  delete request.headers["x-viewer-address"];
  delete request.headers["x-amzn-trace-id"];
  if (isApi) {
    request.headers["x-origin-secret"] = { value: "${originSecret}" };
    request.headers["x-viewer-address"] = { value: event.viewer.ip };
  }
  const isShared =
    /^\\/(api\\/(sale\\/status\\/[^/]+|sale\\/[^/]+\\/(line|fairness(\\/.*)?)|sales|sales\\/past\\/[^/]+|picture\\/[^/]+\\/[^/]+|openapi\\.json)|page\\/.*)$/.test(request.uri);
  if (isShared || !isApi) {
    request.querystring = {};
    request.cookies = {};
    delete request.headers.authorization;
  }
  if (!isApi && /^\\/(${folders})/.test(request.uri) && !/^(${known})(\\/(index\\.html)?)?$/.test(request.uri))
    request.uri = "/404.html";
`;
}
