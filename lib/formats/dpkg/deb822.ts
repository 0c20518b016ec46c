import { type FaultList, quote } from "#lib/model/fault.ts";
import { eachLine, type Line } from "../lines/index.ts";

/** A database longer than this is not read (UTF-16 units). A desktop with 3,000 packages has about 4 MiB. */
export const MAX_DATABASE_LENGTH = 64 * 1024 * 1024;
/** More paragraphs than any distribution has packages (Debian 13: 70,000). */
export const MAX_PARAGRAPHS = 100_000;
/** Fields in one paragraph; dpkg itself knows about 40. */
export const MAX_FIELDS = 256;

/** UTF-16 units of one field: split at commas or line ends, it takes ten times as much memory. Real ones are below 100 KiB. */
export const MAX_FIELD_LENGTH = 1024 * 1024;

/** A stanza of deb822(5). */
export interface Paragraph {
  /** The line it starts on, counted from 1. */
  readonly line: number;
  /** By lower-case name: names are case-insensitive. Continuation lines are joined by "\n", with their first blank. */
  readonly fields: ReadonlyMap<string, string>;
}

// deb822(5): printable ASCII without space and colon, not starting with "#" or "-".
const FIELD_NAME = /^[!"$-,.-9;-~][!-9;-~]*$/;

/**
 * The paragraphs of a control file, one by one (deb822(5), Debian Policy 5.1). Lines may end in CRLF. A line that is neither a
 * field nor a continuation is reported and skipped: the fields around it are kept.
 */
export function* eachParagraph(text: string, faults: FaultList): Generator<Paragraph> {
  if (text.length > MAX_DATABASE_LENGTH) {
    faults.addLimit("characters", MAX_DATABASE_LENGTH);
    return;
  }
  const builder = new ParagraphBuilder(faults);
  let count = 0;
  for (const line of eachLine(text, faults)) {
    const paragraph = builder.add(line);
    if (paragraph === undefined) continue;
    count += 1;
    if (count > MAX_PARAGRAPHS) {
      faults.addLimit("paragraphs", MAX_PARAGRAPHS);
      return;
    }
    yield paragraph;
  }
  const last = builder.end();
  if (last !== undefined) yield last;
}

class ParagraphBuilder {
  readonly #faults: FaultList;
  #fields = new Map<string, string>();
  #start = 0;
  #name = "";
  #lines: string[] = [];
  /** Source of lines, and fault reports. */
  #length = 0;

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  /** The paragraph that this line ends, if any. */
  add({ text, number }: Line): Paragraph | undefined {
    if (text.trim() === "") return this.end();
    if (text.startsWith(" ") || text.startsWith("\t")) this.#continue(text, number);
    else this.#begin(text, number);
    return undefined;
  }

  end(): Paragraph | undefined {
    this.#endField();
    if (this.#fields.size === 0) return undefined;
    const paragraph = { line: this.#start, fields: this.#fields };
    this.#fields = new Map();
    return paragraph;
  }

  #begin(line: string, number: number): void {
    this.#endField();
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    const key = name.toLowerCase();
    if (!FIELD_NAME.test(name)) this.#faults.add(() => `line ${number} is not a field: ${quote(line)}`);
    else if (this.#fields.has(key)) this.#faults.add(() => `line ${number} repeats the field ${quote(name)}`);
    else if (this.#fields.size === MAX_FIELDS) this.#faults.addLimit(`fields at line ${number}`, MAX_FIELDS);
    else this.#beginField(key, line.slice(colon + 1), number);
  }

  #beginField(key: string, value: string, number: number): void {
    if (this.#fields.size === 0) this.#start = number;
    this.#fields.set(key, "");
    this.#name = key;
    this.#lines = [];
    this.#length = 0;
    this.#addLine(value.trim(), number);
  }

  #continue(line: string, number: number): void {
    if (this.#name === "") this.#faults.add(() => `line ${number} continues no field`);
    else this.#addLine(line.trimEnd(), number);
  }

  /** Keeps the beginning of a field that is too long. */
  #addLine(line: string, number: number): void {
    const isFirstOver = this.#length <= MAX_FIELD_LENGTH;
    this.#length += line.length + 1;
    if (this.#length <= MAX_FIELD_LENGTH) this.#lines.push(line);
    else if (isFirstOver) this.#faults.addLimit(`characters in the field at line ${number}`, MAX_FIELD_LENGTH);
  }

  #endField(): void {
    if (this.#name !== "") this.#fields.set(this.#name, this.#lines.join("\n"));
    this.#name = "";
  }
}
