import { toJsonText } from "#lib/display/visible-text.ts";

/** A value as JSON that is inert where it is looked at: what the runtime makes leaves C1 and bidi controls as they are. */
export function jsonResponse(value: unknown): Response {
  return new Response(toJsonText(value), {
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
  });
}
