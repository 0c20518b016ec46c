import { toJsonText } from "#lib/display/visible-text.ts";

/** A value as JSON that is safe to view: the runtime's own method leaves C1 and bidi controls unescaped. */
export function jsonResponse(value: unknown): Response {
  return new Response(toJsonText(value), {
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
  });
}
