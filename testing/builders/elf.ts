/** What an ELF file in a test says of itself. */
export interface TestElf {
  readonly bits?: 32 | 64;
  readonly isLittle?: boolean;
  readonly type?: number;
  readonly machine?: number;
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly rpath?: string;
  readonly runpath?: string;
  /** Versions needed, by file. */
  readonly versionsNeeded?: Readonly<Record<string, readonly string[]>>;
  /** Those of `versionsNeeded` that the linker may go without. */
  readonly weakVersions?: readonly string[];
  readonly versionsDefined?: readonly string[];
  /** It is a position-independent program, whether or not it has an interpreter. */
  readonly isPie?: boolean;
  readonly buildId?: string;
  /** Dynamic symbols that others must define, and those that it defines. Without either there is no table of them. */
  readonly imports?: readonly string[];
  readonly exports?: readonly string[];
}

const BASE = 0x400000;

/** An ELF file with program headers only: one segment with everything, the interpreter, the dynamic section and a note. */
export function buildElf(elf: TestElf = {}): Uint8Array {
  const { bits = 64, isLittle = true, type = 3, machine = 62, interpreter = "", needed = [], buildId = "" } = elf;
  const { weakVersions = [] } = elf;
  const [headerBytes, segmentBytes, width] = bits === 64 ? [64, 56, 8] : [52, 32, 4];
  const names: string[] = [""];
  let nameBytes = 1;
  const nameAt = (name: string) => {
    const at = nameBytes;
    names.push(name);
    nameBytes += Buffer.byteLength(name) + 1;
    return at;
  };
  const tags: [number, number][] = needed.map((name) => [1, nameAt(name)]);
  if (elf.soname !== undefined) tags.push([14, nameAt(elf.soname)]);
  if (elf.rpath !== undefined) tags.push([15, nameAt(elf.rpath)]);
  if (elf.runpath !== undefined) tags.push([29, nameAt(elf.runpath)]);
  if (elf.isPie) tags.push([0x6ffffffb, 0x08000000]);
  const needs = Object.entries(elf.versionsNeeded ?? {}).map(
    ([file, list]) => [nameAt(file), list.map(nameAt), list.map((name) => weakVersions.includes(name))] as const,
  );
  const definitions = elf.versionsDefined === undefined ? [] : [elf.soname ?? "", ...elf.versionsDefined].map(nameAt);
  const symbols = [...(elf.imports ?? []), ...(elf.exports ?? [])].map(nameAt);
  const start = headerBytes + 4 * segmentBytes;
  const parts = { interpreter: Buffer.from(`${interpreter}\0`), strings: Buffer.from(`${names.join("\0")}\0`) };
  const stringsAt = start + parts.interpreter.length;
  const dynamicAt = Math.ceil((stringsAt + parts.strings.length) / 8) * 8;
  const tableTags = [needs, definitions, symbols].filter(({ length }) => length > 0).length * 2;
  const dynamicBytes = (tags.length + tableTags + 2) * 2 * width;
  const needsAt = dynamicAt + dynamicBytes;
  const definitionsAt = needsAt + needs.reduce((sum, [, list]) => sum + 16 * (1 + list.length), 0);
  const symbolsAt = Math.ceil((definitionsAt + 28 * definitions.length) / 8) * 8;
  const symbolBytes = bits === 64 ? 24 : 16;
  const hashAt = symbolsAt + symbolBytes * (symbols.length + 1);
  const noteAt = symbols.length === 0 ? definitionsAt + 28 * definitions.length : hashAt + 8;
  if (needs.length > 0) tags.push([0x6ffffffe, BASE + needsAt], [0x6fffffff, needs.length]);
  if (definitions.length > 0) tags.push([0x6ffffffc, BASE + definitionsAt], [0x6ffffffd, definitions.length]);
  if (symbols.length > 0) tags.push([4, BASE + hashAt], [6, BASE + symbolsAt]);
  const id = Buffer.from(buildId, "hex");
  const noteBytes = id.length === 0 ? 0 : 16 + Math.ceil(id.length / 4) * 4;
  const bytes = Buffer.alloc(noteAt + noteBytes);
  const half = (value: number, at: number) =>
    isLittle ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const word = (value: number, at: number) =>
    isLittle ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  const long = (value: number, at: number) => {
    if (width === 4) word(value, at);
    else if (isLittle) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeBigUInt64BE(BigInt(value), at);
  };
  bytes.set([0x7f, 0x45, 0x4c, 0x46, bits === 64 ? 2 : 1, isLittle ? 1 : 2, 1]);
  half(type, 16);
  half(machine, 18);
  long(headerBytes, bits === 64 ? 32 : 28);
  half(segmentBytes, bits === 64 ? 54 : 42);
  const segments: [kind: number, at: number, length: number][] = [
    [1, 0, bytes.length],
    [2, dynamicAt, dynamicBytes],
  ];
  if (interpreter !== "") segments.push([3, start, parts.interpreter.length]);
  if (noteBytes > 0) segments.push([4, noteAt, noteBytes]);
  half(segments.length, bits === 64 ? 56 : 44);
  for (const [i, [kind, at, length]] of segments.entries()) {
    const header = headerBytes + i * segmentBytes;
    word(kind, header);
    long(at, header + (bits === 64 ? 8 : 4));
    long(BASE + at, header + (bits === 64 ? 16 : 8));
    long(length, header + (bits === 64 ? 32 : 16));
  }
  bytes.set(parts.interpreter, start);
  bytes.set(parts.strings, stringsAt);
  for (const [i, [tag, value]] of [...tags, [5, BASE + stringsAt] as const, [0, 0] as const].entries()) {
    long(tag, dynamicAt + 2 * i * width);
    long(value, dynamicAt + (2 * i + 1) * width);
  }
  let needAt = needsAt;
  for (const [i, [file, list, isWeak]] of needs.entries()) {
    half(1, needAt);
    half(list.length, needAt + 2);
    for (const [field, value] of [file, 16, i + 1 < needs.length ? 16 * (1 + list.length) : 0].entries())
      word(value, needAt + 4 + 4 * field);
    for (const [j, name] of list.entries()) {
      half(isWeak[j] ? 2 : 0, needAt + 16 * (j + 1) + 4);
      word(name, needAt + 16 * (j + 1) + 8);
      word(j + 1 < list.length ? 16 : 0, needAt + 16 * (j + 1) + 12);
    }
    needAt += 16 * (1 + list.length);
  }
  for (const [i, name] of definitions.entries()) {
    const at = definitionsAt + 28 * i;
    half(1, at);
    half(i === 0 ? 1 : 0, at + 2);
    half(1, at + 6);
    word(20, at + 12);
    word(i + 1 < definitions.length ? 28 : 0, at + 16);
    word(name, at + 20);
  }
  for (const [i, name] of symbols.entries()) {
    const at = symbolsAt + symbolBytes * (i + 1);
    const [infoAt, sectionAt] = bits === 64 ? [at + 4, at + 6] : [at + 12, at + 14];
    word(name, at);
    bytes[infoAt] = 0x12;
    half(i < (elf.imports?.length ?? 0) ? 0 : 1, sectionAt);
  }
  if (symbols.length > 0) word(symbols.length + 1, hashAt + 4);
  if (noteBytes > 0) {
    word(4, noteAt);
    word(id.length, noteAt + 4);
    word(3, noteAt + 8);
    bytes.set(Buffer.from("GNU\0"), noteAt + 12);
    bytes.set(id, noteAt + 16);
  }
  return bytes;
}
