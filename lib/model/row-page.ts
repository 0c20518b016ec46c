/** Rows of a table that is whole in its page. A longer one scrolls in a box, and its rows are loaded as they come into view. */
export const MAX_PLAIN_ROWS = 250;
/** Rows loaded at once. */
export const PAGE_ROWS = 100;
