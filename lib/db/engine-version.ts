/** Version of the measuring code: the next command measures older graphs again. 2: retained sizes in cycles. 3: sections. 4: ranks of stand-in roots. */
export const ENGINE_VERSION = 4;

/**
 * Version of the code that reads layers and detects packages. A layer read by an earlier one is read again when an image with it
 * is scanned, and an image of an earlier one is detected again when it is scanned. Raise it when more files are kept as documents
 * (lib/ingest/layers/documents.ts) or more packages, edges or roots are found (lib/ingest/packages). 2: rpm, Python,
 * conda, gems, Composer, byte code, what package managers write, what ELF files and scripts need. 3: store items, pacman, Chisel, Java,
 * .NET, Go, Rust, Plug'n'Play, the application itself, which file each need leads to. 4: applications in Ruby.
 */
export const READER_VERSION = 4;
