import { MAX_ITEM_ENTRIES } from "#lib/sources/store/index.ts";

const MIB = 1024 ** 2;

/** Names of all items of one scan. A million take 200 MiB with their hashes; only the NAR size stays known of further items. */
export const MAX_NAMES_PER_SCAN = 1_500_000;

/** Bytes of all paths and link targets of one scan. */
export const MAX_NAME_BYTES_PER_SCAN = 128 * MIB;

/** Names after which a thread returns its files: its memory is bounded by that and one item more. */
export const NAMES_PER_PART = 100_000;
export const MAX_NAMES_PER_PART = NAMES_PER_PART + MAX_ITEM_ENTRIES;

/** NAR bytes, and items, per request of a thread: enough that requests cost nothing, few enough that threads end together. */
export const NAR_BYTES_PER_JOB = 64 * MIB;
export const ITEMS_PER_JOB = 256;

/** Faulty items reported one by one; the rest are counted. A store without its files has as many as it has items. */
export const MAX_LISTED_ITEMS = 100;
