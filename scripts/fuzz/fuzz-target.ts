/**
 * One way for hostile bytes into the product, and what must hold of whatever comes out. `check` throws where it does not;
 * a refusal that the parser declares (`InputError`) is no failure, and `check` takes it in.
 */
export interface FuzzTarget {
  /** What the command and the corpus call it. */
  readonly name: string;
  /** Bytes of the longest input that is tried. */
  readonly maxLength: number;
  readonly check: (input: Uint8Array) => void | Promise<void>;
  /** Where `check` returns a promise: such a target is run some five times slower. */
  readonly isAsync?: boolean;
  /** Words of the format that chance would not find. */
  readonly dictionary?: readonly string[];
  /** Inputs to start from, beside the corpus. */
  readonly seeds: readonly (string | Uint8Array)[];
}

/** The target's seeds as bytes. */
export function seedBytes({ seeds }: FuzzTarget): Uint8Array[] {
  return seeds.map((seed) => (typeof seed === "string" ? Buffer.from(seed) : seed));
}
