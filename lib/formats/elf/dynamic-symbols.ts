import { ElfBytes, type FilePiece } from "./elf-bytes.ts";
import { Tag } from "./names.ts";
import { type DynamicEntry, listDynamic, listSegments, toOffset } from "./segments.ts";

/** Symbols read of one file. libLLVM has some 40,000. */
const MAX_SYMBOLS = 200_000;
/** UTF-16 units of the names of one file's symbols. libLLVM's have some three million. */
export const MAX_SYMBOL_NAMES = 4 * 1024 ** 2;

/** The names that a program or library has in common with others. */
export interface DynamicSymbols {
  /** Needed: the linker refuses or stops the program if nothing that is loaded defines them. Those that may be missing are left out. */
  readonly imports: readonly string[];
  /** Defined for others. */
  readonly exports: readonly string[];
}

const SYMBOL_BYTES = { 32: 16, 64: 24 } as const;
const Binding = { local: 0, global: 1 } as const;
const UNDEFINED = 0;
/** Bits of st_other: hidden and internal symbols are for the file itself. */
const VISIBILITY = 3;
const HIDDEN = new Set([1, 2]);

/** Tables whose place ends that of the symbols, if they come next. */
const TABLES: readonly number[] = [
  Tag.strings,
  Tag.hash,
  Tag.gnuHash,
  Tag.versions,
  Tag.versionsNeeded,
  Tag.versionsDefined,
  Tag.relocations,
  Tag.relocationsWithAddend,
  Tag.jumpRelocations,
  Tag.relativeRelocations,
  Tag.init,
];

/**
 * The dynamic symbols of a program or library (System V ABI, "Symbol Table"). `undefined` if there are none, too many, or if a part of
 * them is not in the pieces: what is half known would be taken for missing.
 */
export function listDynamicSymbols(pieces: readonly FilePiece[]): DynamicSymbols | undefined {
  const file = ElfBytes.open(pieces);
  if (file === undefined) return undefined;
  const segments = listSegments(file);
  const entries = listDynamic(file, segments);
  const values = new Map(entries.map(({ tag, value }) => [tag, value]));
  const place = (tag: number) => (values.has(tag) ? toOffset(file, segments, values.get(tag)) : undefined);
  const [symbols, strings] = [place(Tag.symbols), place(Tag.strings)];
  if (symbols === undefined || strings === undefined) return undefined;
  const count = countSymbols(file, entries, place(Tag.hash));
  if (count > MAX_SYMBOLS || !file.has(symbols, count * SYMBOL_BYTES[file.bits])) return undefined;
  const found = readSymbols(file, { symbols, strings, count });
  return file.isIncomplete ? undefined : found;
}

/** No tag has the number: the older hash table says it, and else the next table's place. */
function countSymbols(file: ElfBytes, entries: readonly DynamicEntry[], hash: number | undefined): number {
  if (hash !== undefined && file.has(hash, 8)) return file.word(hash + 4);
  const start = entries.find(({ tag }) => tag === Tag.symbols)?.value ?? 0;
  const next = entries.filter(({ tag, value }) => TABLES.includes(tag) && value > start).map(({ value }) => value);
  return next.length === 0 ? 0 : Math.floor((Math.min(...next) - start) / SYMBOL_BYTES[file.bits]);
}

function readSymbols(
  file: ElfBytes,
  { symbols, strings, count }: { readonly symbols: number; readonly strings: number; readonly count: number },
): DynamicSymbols | undefined {
  const [imports, exports]: [string[], string[]] = [[], []];
  let left = MAX_SYMBOL_NAMES;
  for (let i = 1; i < count; i++) {
    const { nameAt, info, other, section } = readSymbol(file, symbols + i * SYMBOL_BYTES[file.bits]);
    const binding = info >> 4;
    const isWanted = section === UNDEFINED ? binding === Binding.global : !HIDDEN.has(other & VISIBILITY);
    if (!isWanted || binding === Binding.local) continue;
    const name = file.text(strings + nameAt);
    left -= name.length + 1;
    if (left < 0) return undefined;
    (section === UNDEFINED ? imports : exports).push(name);
  }
  return { imports, exports };
}

function readSymbol(file: ElfBytes, at: number) {
  file.has(at, SYMBOL_BYTES[file.bits]);
  const [infoAt, sectionAt] = file.bits === 64 ? [at + 4, at + 6] : [at + 12, at + 14];
  const [info = 0, other = 0] = file.bytes(infoAt, 2);
  return { nameAt: file.word(at), info, other, section: file.half(sectionAt) };
}
