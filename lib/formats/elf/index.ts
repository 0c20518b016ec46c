export type { ElfNeeds } from "#lib/model/elf-needs.ts";
export { listDataRegions } from "./data-regions.ts";
export { type DynamicSymbols, listDynamicSymbols, MAX_SYMBOL_NAMES } from "./dynamic-symbols.ts";
export { type FilePiece, isElf } from "./elf-bytes.ts";
export { ElfMemory } from "./elf-memory.ts";
export { elfHeadByteCount, listElfRanges } from "./list-ranges.ts";
export { MAX_ELF_BYTES, parseElf } from "./parse-elf.ts";
export { parseElfNeeds } from "./parse-needs.ts";
