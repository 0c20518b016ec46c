/** Version of the columns of packed_files: rows of another version are not read. */
export const PACKED_FILES_VERSION = 3;

/** The same for packed_item. */
export const PACKED_ITEM_VERSION = 1;
