import { QuotaError, type UsageError } from "#lib/model/problem.ts";

/**
 * True if a form was sent from our own pages. A browser sets these headers and other sites' pages cannot: without the check
 * any site could make a visitor write here. Other programs send neither header, and use the command line anyway.
 */
export function isSameOrigin({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  return origin !== null && URL.parse(origin)?.host === headers.get("host");
}

/** The fields of a form; none if the body is not a form. Postgres text cannot contain NUL, and users do not type it. */
export async function readForm(request: Request): Promise<FormData> {
  const sent = await request.formData().catch(() => new FormData());
  const fields = new FormData();
  for (const [name, value] of sent) if (typeof value === "string") fields.append(name, value.replaceAll("\0", ""));
  return fields;
}

/** A form whose request cannot be fulfilled: 409 if a quota is reached, else 400. */
export function refuseUsage(error: UsageError): Response {
  return new Response(`${error.message}\n`, { status: error instanceof QuotaError ? 409 : 400 });
}

/** An absolute URL of ours, for a redirect after a form: with the host name that the visitor used. */
export function toOwnUrl({ headers, url }: Request, path: string): URL {
  const protocol = headers.get("x-forwarded-proto") === "https" ? "https:" : new URL(url).protocol;
  return new URL(path, `${protocol}//${headers.get("host")}`);
}
