import { RefusedError, UnreachableError } from "#lib/model/problem.ts";
import { ForbiddenAddressError } from "./address-policy.ts";

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "the name server does not answer",
  ENETUNREACH: "network unreachable",
  EHOSTUNREACH: "host unreachable",
  ECONNRESET: "the connection was closed",
  EPIPE: "the connection was closed",
  ENOENT: "no such socket",
  EACCES: "permission denied",
  UND_ERR_SOCKET: "the connection was closed",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_BODY_TIMEOUT: "the data stopped coming",
  UND_ERR_HEADERS_OVERFLOW: "the answer's headers are too long",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer is longer or shorter than its length",
  UND_ERR_REQ_RETRY: "the connection was closed, and the rest could not be fetched",
};

/** A failed request as an UnreachableError of one line. Errors that are no network errors are unchanged. */
export function toHttpError({ host }: URL, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UnreachableError) return error;
  if (error instanceof ForbiddenAddressError) return new RefusedError(`${error.message}, which is not read from here`);
  const code = codeOf(error);
  const reason =
    REASONS[code] ??
    (/^(CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL)/.test(code) ? `TLS: ${error.message}` : undefined);
  if (reason !== undefined) return new UnreachableError(`${host}: ${reason}`, { cause: error });
  return /^(E[A-Z]+|UND_ERR_|HPE_)/.test(code)
    ? new UnreachableError(`${host}: ${error.message} (${code})`, { cause: error })
    : error;
}

/** A name with several addresses fails with the errors of all of them; the first tells enough. */
function codeOf(error: Error): string {
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  return "code" in first ? String(first.code) : "";
}
