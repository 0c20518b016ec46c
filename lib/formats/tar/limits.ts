/** Bytes of a path or link target: Linux's PATH_MAX. No engine can unpack more. */
export const MAX_PATH_BYTES = 4096;

/** Directories in a path. The deepest real ones (nested node_modules) have about 60. */
export const MAX_PATH_DEPTH = 256;

/** Bytes of one metadata member (pax header, GNU long name): the limit of Go's archive/tar, and so of Docker. */
export const MAX_METADATA_BYTES = 1024 ** 2;

/** Members of one tar: a distribution's full image has some 300,000. */
export const MAX_ENTRIES = 600_000;

/** Bytes of all paths and link targets of one tar, as stored: 110 per allowed entry. */
export const MAX_NAME_BYTES = 64 * 1024 ** 2;

/** Maximum bytes of one member: 8 TiB. A body is never buffered, so a false size ends as `truncated`. */
export const MAX_BODY_BYTES = 8 * 1024 ** 4;
