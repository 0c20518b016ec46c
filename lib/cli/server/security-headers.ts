import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const NONCE_BYTES = 16;

/** Built files: the same for everybody, and named by their content. All else may tell what somebody's images hold. */
const BUILT_FILES = "/_next/static/";

/**
 * What every answer carries, whatever made it (docs/decisions/0014). Scripts run only with this answer's nonce, which
 * Next.js takes from the request's own header and puts on its scripts; nobody may frame a page, because three clicks
 * under a transparent frame deleted a report.
 */
export function secure(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("X-Content-Type-Options", "nosniff");
  // Not "no-referrer": with it a browser sends forms with `Origin: null`, and they are taken for another site's.
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  if (!request.url?.startsWith(BUILT_FILES)) keepOutOfCaches(response);
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

/** Set when the head is written, for routes set their own: a report's picture was to be kept for a year by any cache. */
function keepOutOfCaches(response: ServerResponse): void {
  const writeHead = response.writeHead;
  response.writeHead = (...args: unknown[]) => {
    response.setHeader("Cache-Control", "private, no-store");
    return Reflect.apply(writeHead, response, args);
  };
}
