import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const NONCE_BYTES = 16;

/** A built file: the same for all users, and named by their content. Everything else may show private images. */
export function isBuiltFile({ url = "" }: IncomingMessage): boolean {
  return url.startsWith("/_next/static/");
}

/**
 * Sets the headers of every response (docs/decisions/0014). Scripts run only with the response's nonce, which Next.js takes from
 * the request's own header and puts on its scripts. Pages cannot be framed: three clicks under a transparent frame deleted a
 * report.
 */
export function secure(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("X-Content-Type-Options", "nosniff");
  // Not "no-referrer": with it, browsers send forms with `Origin: null`, as if from another site.
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  if (!isBuiltFile(request)) keepOutOfCaches(response);
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Set when the head is written, after the routes have set theirs: any cache could keep a report's picture for a year. */
function keepOutOfCaches(response: ServerResponse): void {
  const writeHead = response.writeHead;
  response.writeHead = (...args: unknown[]) => {
    response.setHeader("Cache-Control", "private, no-store");
    return Reflect.apply(writeHead, response, args);
  };
}
