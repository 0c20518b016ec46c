/** Pages under way at once. One thread makes them all: more would finish none sooner, and each holds its rows and its text. */
const MAX_AT_ONCE = 8;
/** Requests that wait beyond those; a browser opens six connections, so this is a busy office. */
const MAX_WAITING = 512;
/** How long one may hold its place: who reads an answer slowly does not keep the others out. */
const MAX_STAY_MS = 5000;

export interface TurnstileOptions {
  readonly mostAtOnce?: number;
  readonly mostWaiting?: number;
  readonly longestStayMs?: number;
}

/**
 * Lets a few in at once and the others after them, in the order in which they came. Without it the queries of 64 pages wait for ten
 * connections, all of them for longer than the database is given to answer, and the memory of 64 pages is held meanwhile.
 */
export class Turnstile {
  readonly #mostAtOnce: number;
  readonly #mostWaiting: number;
  readonly #longestStayMs: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(options: TurnstileOptions = {}) {
    this.#mostAtOnce = options.mostAtOnce ?? MAX_AT_ONCE;
    this.#mostWaiting = options.mostWaiting ?? MAX_WAITING;
    this.#longestStayMs = options.longestStayMs ?? MAX_STAY_MS;
  }

  /** Waits for a place, and returns what gives it back; `undefined` where too many wait already. */
  async enter(): Promise<(() => void) | undefined> {
    if (this.#inside >= this.#mostAtOnce) {
      if (this.#waiting.length >= this.#mostWaiting) return undefined;
      // Whoever leaves hands the place over: it is never free in between.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#inside += 1;
    return this.#toLeave();
  }

  #toLeave(): () => void {
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      clearTimeout(timer);
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside -= 1;
      else next();
    };
    const timer = setTimeout(leave, this.#longestStayMs).unref();
    return leave;
  }
}
