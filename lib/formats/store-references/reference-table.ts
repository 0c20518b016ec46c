/**
 * What a layer keeps of the files of its store items: the text that could be hash parts, and which file has which. Magic with the
 * version of the format, then 32-bit numbers, little-endian: hash parts (h), files (f), pairs (p); f rows, ascending; f + 1 starts;
 * p positions in the list of hash parts; at the end that list, 32 bytes each.
 */
const MAGIC = "SGr1";
const HASH_PART_BYTES = 32;
const HEADER_WORDS = 4;
const WORD_BYTES = 4;

/** Files are rows of the layer's entries, ascending. File i has the hash parts `parts[start[i] … start[i + 1])`. */
export interface FileReferences {
  readonly hashParts: readonly string[];
  readonly rows: ArrayLike<number>;
  readonly start: ArrayLike<number>;
  readonly parts: ArrayLike<number>;
}

/** Memory of its own, which can be transferred to another thread. */
export function writeReferences({ hashParts, rows, start, parts }: FileReferences): Uint8Array {
  const words = [hashParts.length, rows.length, parts.length];
  const wordCount = HEADER_WORDS + rows.length + start.length + parts.length;
  const bytes = new Uint8Array(wordCount * WORD_BYTES + hashParts.length * HASH_PART_BYTES);
  const view = new DataView(bytes.buffer);
  const text = Buffer.from(bytes.buffer);
  text.write(MAGIC);
  let at = WORD_BYTES;
  for (const column of [words, rows, start, parts]) {
    for (let i = 0; i < column.length; i++, at += WORD_BYTES) view.setUint32(at, column[i]!, true);
  }
  for (const part of hashParts) at += text.write(part, at, HASH_PART_BYTES, "latin1");
  return bytes;
}

/** The hash parts in the files of one layer. */
export interface ReferenceTable {
  /** Every text in the file of this row that could be a hash part, distinct. */
  of(row: number): readonly string[];
}

class FileTable implements ReferenceTable {
  readonly #files: FileReferences;
  readonly #positions = new Map<number, number>();

  constructor(files: FileReferences) {
    this.#files = files;
    for (let i = 0; i < files.rows.length; i++) this.#positions.set(files.rows[i]!, i);
  }

  of(row: number): readonly string[] {
    const position = this.#positions.get(row);
    if (position === undefined) return [];
    const { hashParts, start, parts } = this.#files;
    const found: string[] = [];
    for (let i = start[position]!; i < start[position + 1]!; i++) found.push(hashParts[parts[i]!]!);
    return found;
  }
}

/** `undefined` for anything that `writeReferences` does not write. */
export function readReferences(bytes: Uint8Array): ReferenceTable | undefined {
  const files = readFiles(bytes);
  return files === undefined || !isWhole(files) ? undefined : new FileTable(files);
}

function readFiles(bytes: Uint8Array): FileReferences | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < HEADER_WORDS * WORD_BYTES || text.toString("latin1", 0, WORD_BYTES) !== MAGIC) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [partCount, fileCount, pairCount] = [1, 2, 3].map((word) => view.getUint32(word * WORD_BYTES, true)) as [
    number,
    number,
    number,
  ];
  const wordCount = HEADER_WORDS + 2 * fileCount + 1 + pairCount;
  if (bytes.length !== wordCount * WORD_BYTES + partCount * HASH_PART_BYTES) return undefined;
  const column = (from: number, length: number) =>
    Uint32Array.from({ length }, (_, i) => view.getUint32((from + i) * WORD_BYTES, true));
  const rows = column(HEADER_WORDS, fileCount);
  const start = column(HEADER_WORDS + fileCount, fileCount + 1);
  const parts = column(HEADER_WORDS + 2 * fileCount + 1, pairCount);
  const hashParts = Array.from({ length: partCount }, (_, i) => {
    const at = wordCount * WORD_BYTES + i * HASH_PART_BYTES;
    return text.toString("latin1", at, at + HASH_PART_BYTES);
  });
  return { hashParts, rows, start, parts };
}

function isWhole({ hashParts, start, parts }: FileReferences): boolean {
  for (let i = 0; i < parts.length; i++) if (parts[i]! >= hashParts.length) return false;
  for (let i = 1; i < start.length; i++) if (start[i]! < start[i - 1]!) return false;
  return start[0] === 0 && start[start.length - 1] === parts.length;
}
