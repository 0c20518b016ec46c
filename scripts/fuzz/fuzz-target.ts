/**
 * One entry point for hostile bytes, and what must be true of its result. `check` throws if it is not;
 * a refusal that the parser declares (`InputError`) is not a failure, and `check` catches it.
 */
export interface FuzzTarget {
  /** Its name in the command and the corpus. */
  readonly name: string;
  /** Maximum input length in bytes. */
  readonly maxLength: number;
  readonly check: (input: Uint8Array) => void | Promise<void>;
  /** Set if `check` returns a promise: such a target runs some five times slower. */
  readonly isAsync?: boolean;
  /** Words of the format that random mutation would not find. */
  readonly dictionary?: readonly string[];
  /** Initial inputs, in addition to the corpus. */
  readonly seeds: readonly (string | Uint8Array)[];
}

/** The target's seeds as bytes. */
export function seedBytes({ seeds }: FuzzTarget): Uint8Array[] {
  return seeds.map((seed) => (typeof seed === "string" ? Buffer.from(seed) : seed));
}
