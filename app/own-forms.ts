import { QuotaError, type UsageError } from "#lib/model/problem.ts";

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

/** The fields of a form; none where the body is no form. Postgres' text holds no NUL, and no person types one. */
export async function readForm(request: Request): Promise<FormData> {
  const sent = await request.formData().catch(() => new FormData());
  const fields = new FormData();
  for (const [name, value] of sent) if (typeof value === "string") fields.append(name, value.replaceAll("\0", ""));
  return fields;
}

/** What a form asked for and cannot have: 409 where there is as much as is kept, else 400. */
export function refuseUsage(error: UsageError): Response {
  return new Response(`${error.message}\n`, { status: error instanceof QuotaError ? 409 : 400 });
}

/** An address of ours, absolute, for a redirect after a form: by the name the visitor used. */
export function toOwnUrl({ headers, url }: Request, path: string): URL {
  const protocol = headers.get("x-forwarded-proto") === "https" ? "https:" : new URL(url).protocol;
  return new URL(path, `${protocol}//${headers.get("host")}`);
}
