import { type Fault, FaultList, quote } from "#lib/model/fault.ts";

/** A database longer than this is not read (UTF-16 units). A desktop with 3,000 packages has about 4 MiB. */
export const MAX_DATABASE_LENGTH = 64 * 1024 * 1024;
/** More paragraphs than any distribution has packages (Debian 13: 70,000). */
export const MAX_PARAGRAPHS = 200_000;
/** Fields in one paragraph; dpkg itself knows about 40. */
export const MAX_FIELDS = 256;

/** A stanza of deb822(5). */
export interface Paragraph {
  /** The line it starts on, counted from 1. */
  readonly line: number;
  /** By lower-case name: names are case-insensitive. Continuation lines are joined by "\n", their first blank kept. */
  readonly fields: ReadonlyMap<string, string>;
}

// deb822(5): printable ASCII without space and colon, not starting with "#" or "-".
const FIELD_NAME = /^[!"$-,.-9;-~][!-9;-~]*$/;

/**
 * Splits a control file into paragraphs (deb822(5), Debian Policy 5.1). Lines may end in CRLF. A line that is neither a
 * field nor a continuation is reported and skipped: the fields around it are kept.
 */
export function parseDeb822(text: string): { value: Paragraph[]; problems: Fault[] } {
  const builder = new ParagraphBuilder();
  if (text.length > MAX_DATABASE_LENGTH) {
    builder.faults.addLimit("characters", MAX_DATABASE_LENGTH);
    return { value: [], problems: builder.faults.found };
  }
  const lines = text.split("\n");
  for (let i = 0; i < lines.length && !builder.full; i++) builder.add(lines[i]!, i + 1);
  builder.end();
  return { value: builder.paragraphs, problems: builder.faults.found };
}

class ParagraphBuilder {
  readonly paragraphs: Paragraph[] = [];
  readonly faults = new FaultList();
  full = false;
  #fields = new Map<string, string>();
  #start = 0;
  #name = "";
  #lines: string[] = [];

  add(raw: string, number: number): void {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (line.trim() === "") this.end();
    else if (line.startsWith(" ") || line.startsWith("\t")) this.#continue(line, number);
    else this.#begin(line, number);
  }

  end(): void {
    this.#endField();
    if (this.#fields.size === 0) return;
    if (this.paragraphs.length === MAX_PARAGRAPHS) {
      this.full = true;
      this.faults.addLimit("paragraphs", MAX_PARAGRAPHS);
    } else this.paragraphs.push({ line: this.#start, fields: this.#fields });
    this.#fields = new Map();
  }

  #begin(line: string, number: number): void {
    this.#endField();
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    const key = name.toLowerCase();
    if (!FIELD_NAME.test(name)) this.faults.add(`line ${number} is not a field: ${quote(line)}`);
    else if (this.#fields.has(key)) this.faults.add(`line ${number} repeats the field ${quote(name)}`);
    else if (this.#fields.size === MAX_FIELDS) this.faults.addLimit(`fields at line ${number}`, MAX_FIELDS);
    else this.#beginField(key, line.slice(colon + 1), number);
  }

  #beginField(key: string, value: string, number: number): void {
    if (this.#fields.size === 0) this.#start = number;
    this.#fields.set(key, "");
    this.#name = key;
    this.#lines = [value.trim()];
  }

  #continue(line: string, number: number): void {
    if (this.#name === "") this.faults.add(`line ${number} continues no field`);
    else this.#lines.push(line.trimEnd());
  }

  #endField(): void {
    if (this.#name !== "") this.#fields.set(this.#name, this.#lines.join("\n"));
    this.#name = "";
  }
}
