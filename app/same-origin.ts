/**
 * True where a form was sent from our own pages. A browser sets these headers and a page elsewhere cannot: without the check
 * any site could make a visitor of ours write. Programs that are no browser send neither, and use the command line anyway.
 */
export function isSameOrigin({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  return origin !== null && URL.parse(origin)?.host === headers.get("host");
}

/** An address of ours, absolute, for a redirect after a form: by the name the visitor used. */
export function toOwnUrl({ headers, url }: Request, path: string): URL {
  const { protocol } = new URL(url);
  return new URL(path, `${protocol}//${headers.get("host")}`);
}
