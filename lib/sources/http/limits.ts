/** Redirects of one request: a registry sends a blob to its storage in one step, rarely two. */
export const MAX_REDIRECTS = 5;

/** Milliseconds to open a connection, TLS included. */
export const MAX_CONNECT_MS = 10_000;

/** Milliseconds without a header or without a byte of the body. */
export const MAX_WAIT_MS = 30_000;

/** A body slower than this many bytes in `MAX_WAIT_MS` of waiting is given up: a byte a second never times out by itself. */
export const MIN_BYTES_PER_WAIT = 16 * 1024;

/** Requests at the same time to one host. */
export const MAX_CONNECTIONS = 8;

/** Further attempts after a lost connection, a 429 or a 5xx. */
export const MAX_RETRIES = 4;

/** Milliseconds between two attempts, `Retry-After` included. */
export const MAX_RETRY_WAIT_MS = 30_000;
