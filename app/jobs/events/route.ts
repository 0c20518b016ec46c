import { followActivity } from "#lib/views/activity.ts";
import { refuse } from "../../own-forms.ts";

/** Milliseconds between two comments, which keep proxies from closing an idle stream. */
const COMMENT_EVERY_MS = 15_000;

/** Server-sent events (HTML, 9.2): what is going on, as JSON, whenever it changes. */
export function GET(request: Request): Response {
  const text = new TextEncoder();
  let stop: (() => void) | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const send = (line: string) => controller.enqueue(text.encode(`${line}\n\n`));
      const unfollow = followActivity((activity) => send(`data: ${activity}`));
      if (unfollow === undefined) return;
      const timer = setInterval(() => send(":"), COMMENT_EVERY_MS);
      stop = () => {
        clearInterval(timer);
        unfollow();
      };
      request.signal.addEventListener("abort", () => stop?.(), { once: true });
    },
    cancel: () => stop?.(),
  });
  if (stop === undefined) return refuse(503, "too many pages are open");
  return new Response(body, {
    // Compression would hold each event back until its buffer is full.
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform" },
  });
}
