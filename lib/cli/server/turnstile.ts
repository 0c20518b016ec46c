/** Defaults of a turnstile. */
const LIMITS = {
  /** Pages rendered at once. One thread renders them all: more would finish none sooner, and each keeps rows and text in memory. */
  atOnce: 8,
  /** Requests that wait beyond those; a browser opens six connections, so this is a busy office. */
  waiting: 512,
  /** How long a request keeps its place: a client that reads slowly does not block the others. */
  stayMs: 5000,
};

/**
 * Lets a few requests in at once, and the others in order of arrival. Without it the queries of 64 pages wait for ten connections, each
 * of them for longer than the database is allowed to take, while the memory of 64 pages is in use.
 */
export class Turnstile {
  readonly #limits: typeof LIMITS;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(limits: Partial<typeof LIMITS> = {}) {
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Waits for a place, and returns the function that gives it back; `undefined` if too many wait already. */
  async enter(): Promise<(() => void) | undefined> {
    if (this.#inside >= this.#limits.atOnce) {
      if (this.#waiting.length >= this.#limits.waiting) return undefined;
      // A request that leaves passes its place on: it is never free in between.
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
    const timer = setTimeout(leave, this.#limits.stayMs).unref();
    return leave;
  }
}
