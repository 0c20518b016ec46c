import { QuotaError, UsageError } from "#lib/model/problem.ts";
import { orUnavailable } from "./or-unavailable.ts";

/** The input of a form's route: its fields, the parameters of its path, and the request. */
interface SentForm<Params> {
  readonly form: FormData;
  readonly params: Params;
  readonly request: Request;
}

/**
 * A route for a form of our own pages. It responds with a line of text, or redirects to the path that `accept` returns. A form
 * of another site gets 403, one that cannot be fulfilled the reason: 409 if a quota is reached, else 400.
 */
export function formRoute<Params>(accept: (sent: SentForm<Params>) => Promise<Response | string>) {
  return ownRoute<Params>(async (request, params) => {
    const answer = await accept({ form: await readForm(request), params, request });
    return typeof answer === "string" ? redirectTo(answer) : answer;
  });
}

/** The same for a request whose body is no form. */
export function ownRoute<Params>(accept: (request: Request, params: Params) => Promise<Response>) {
  return orUnavailable(async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    if (!isSameOrigin(request)) return refuse(403, "cross-site form refused");
    try {
      return await accept(request, await context.params);
    } catch (error) {
      if (error instanceof UsageError) return refuse(error instanceof QuotaError ? 409 : 400, error.message);
      throw error;
    }
  });
}

/** A refusal in one line. */
export function refuse(status: number, reason: string): Response {
  return new Response(`${reason}\n`, { status });
}

/**
 * True if a form was sent from our own pages. A browser sets these headers and other sites' pages cannot: without the check
 * any site could make a visitor write here. Other programs send neither header, and use the command line anyway.
 */
function isSameOrigin({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  return origin !== null && URL.parse(origin)?.host === headers.get("host");
}

/** The fields of a form; none if the body is not a form. Postgres text cannot contain NUL, and users do not type it. */
async function readForm(request: Request): Promise<FormData> {
  const sent = await request.formData().catch(() => new FormData());
  const fields = new FormData();
  for (const [name, value] of sent) if (typeof value === "string") fields.append(name, value.replaceAll("\0", ""));
  return fields;
}

/** A path is enough, and right whatever name a proxy uses for us. */
function redirectTo(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path } });
}
