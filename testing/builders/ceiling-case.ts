/** An input at the maximum of some limits, or just over. */
export interface CeilingCase {
  readonly name: string;
  /** The limits that it reaches, as FOLDER/FILE NAME in lib. */
  readonly limits: readonly string[];
  /** Writes the input into an empty folder and returns the source. */
  readonly write: (folder: string) => Promise<string>;
  readonly args?: readonly string[];
  readonly status: 0 | 3;
  /** Ends in an error after earlier images of the source are stored. */
  readonly keepsImages?: boolean;
  /** Takes minutes: runs only if STRATIGRAPH_LONG is set. */
  readonly isLong?: boolean;
  /** The expected message of the command. */
  readonly says?: RegExp;
}
