/** Bytes of the names of dynamic symbols kept per scan, for a rebase alone. Those of Debian's base with a web server take two MiB. */
export const MAX_SYMBOL_BYTES_PER_SCAN = 48 * 1024 ** 2;
