/** Milliseconds between two comments, which keep proxies from closing an idle stream. */
const COMMENT_EVERY_MS = 15_000;

/** Gets events, or the reason why there will be no more. */
export interface EventSink {
  readonly send: (data: string) => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Server-sent events (HTML, 9.2) of which only the latest matters: a reader that is slow misses the others, and the server keeps none
 * of them. `follow` starts the events, and returns the function that ends them; `undefined` if it refuses.
 */
export function latestEvents(follow: (sink: EventSink) => (() => void) | undefined): ReadableStream | undefined {
  let pending: string | undefined;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const flush = () => {
    if (pending === undefined || controller === undefined || (controller.desiredSize ?? 0) <= 0) return;
    controller.enqueue(new TextEncoder().encode(`${pending}\n\n`));
    pending = undefined;
  };
  const write = (text: string) => {
    pending = text;
    flush();
  };
  const end = () => {
    controller = undefined;
    clearInterval(timer);
    unfollow?.();
  };
  const fail = (reason: unknown) => {
    controller?.error(reason);
    end();
  };
  const timer = setInterval(() => pending === undefined && write(":"), COMMENT_EVERY_MS);
  const unfollow = follow({ send: (data) => write(`data: ${data}`), fail });
  if (unfollow === undefined) {
    clearInterval(timer);
    return undefined;
  }
  const start = (opened: ReadableStreamDefaultController<Uint8Array>) => {
    controller = opened;
    flush();
  };
  return new ReadableStream<Uint8Array>({ start, pull: flush, cancel: end });
}
