/** A line of a difference. `gap`: lines on both sides that are not listed. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added" | "gap";
  /** Line numbers from 1; 0 on the side that does not have the line. Of a gap: those of its first line. */
  readonly left: number;
  readonly right: number;
  readonly text: string;
}

export interface TextDiff {
  readonly lines: readonly DiffLine[];
  readonly added: number;
  readonly removed: number;
  /** Lines left out at the end. */
  readonly restCount: number;
}
