/** Limits of requests to servers that may be slow, broken or hostile. */
export interface HttpLimits {
  /** Redirects of one request: a registry sends a blob to its storage in one step, rarely two. */
  readonly redirects: number;
  /** Milliseconds to open a connection, TLS included. */
  readonly connectMs: number;
  /** Milliseconds without a header or without a byte of the body. */
  readonly waitMs: number;
  /** A body with fewer bytes in `waitMs` of waiting is given up: one byte a second never times out by itself. */
  readonly bytesPerWait: number;
  /** Requests at the same time to one host. */
  readonly connections: number;
  /** Further attempts after a lost connection, a 429 or a 5xx. */
  readonly retries: number;
  /** Milliseconds between two attempts, `Retry-After` included. */
  readonly retryWaitMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  redirects: 5,
  connectMs: 10_000,
  waitMs: 30_000,
  bytesPerWait: 16 * 1024,
  connections: 8,
  retries: 4,
  retryWaitMs: 30_000,
};
