/** The contents of one file on three sides, each byte a character; "" where there is none. */
export interface TextSides {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface MergedText {
  readonly text: string;
  /** What was wrong with ours. */
  readonly evidence: string;
}
