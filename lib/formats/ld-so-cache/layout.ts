/** The format that glibc ≥ 2.2 reads (sysdeps/generic/dl-cache.h): a header, entries, strings, and since 2.33 extensions. */
export const CACHE_MAGIC = "glibc-ld.so.cache1.1";
export const HEADER_BYTES = 48;
export const ENTRY_BYTES = 24;

/** Offsets in the header. */
export const COUNT_AT = 20;
export const STRING_BYTES_AT = 24;
export const FLAGS_AT = 28;
export const EXTENSION_AT = 32;

/** The byte order is little-endian. */
export const LITTLE_ENDIAN = 2;

export const EXTENSION_MAGIC = 0xeaa42174;
export const EXTENSION_HEADER_BYTES = 8;
export const SECTION_BYTES = 16;
/** The section with the name and version of the program that wrote the file. */
export const GENERATOR = 0;
