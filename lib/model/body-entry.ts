/** A tar entry with a body, or a hard link. */
export interface BodyEntry {
  readonly entry: number;
  /** UTF-8 bytes as Latin-1 text: patterns of ASCII match, and equal paths are equal. */
  readonly path: string;
  readonly byteCount: number;
  /** Database id of its content, −1 for a hard link. */
  readonly contentId: number;
}
