/** Characters of a name in its key: layer_entry_name_idx and store_file_name_idx have the same number. */
const KEY_LENGTH = 64;
/** Sorts behind every name with the same beginning. */
const LAST_CHARACTER = "\u{10ffff}";

/** SQL: the key of a name. Equal to the expression of the indexes, so that they are used. */
export function fileKey(name: string): string {
  return `lower(left(${name}, ${KEY_LENGTH}) COLLATE "C")`;
}

/** SQL: the last part of the path of a store file. */
export const STORE_FILE_NAME = "split_part(f.path, '/', -1)";

/** The keys of names that begin with the text: from the first to below the second. */
export function keyRange(text: string): [from: string, below: string] {
  const key = [...lowerAscii(text)].slice(0, KEY_LENGTH).join("");
  return [key, `${key}${LAST_CHARACTER}`];
}

/** As Postgres lowers text in the collation C. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
