/** A window for which the wide rectangles of a section are loaded, as a media query. */
export const WIDE_WINDOW = "(min-aspect-ratio: 1/1)";
