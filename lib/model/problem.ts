import { shellWord } from "./shell-word.ts";

/** The kinds of problems of an input. A closed set: a caller may switch over it. */
export type ProblemCode =
  | "not-an-image"
  | "truncated"
  | "digest-mismatch"
  | "size-mismatch"
  | "bad-compression"
  | "bad-tar"
  | "bad-json"
  | "bad-manifest"
  | "bad-database"
  | "bad-sbom"
  | "bad-config"
  | "bad-package-database"
  | "bad-program"
  | "missing-blob"
  | "missing-target"
  | "bad-nar"
  | "bad-signature"
  | "nar-mismatch"
  | "unresolved-dependency"
  | "limit-exceeded"
  | "unsupported";

/** `warning`: the artifact is stored with the problem. `error`: nothing of the artifact is stored. */
export type Severity = "warning" | "error";

/** A need that nothing in the image meets. */
export interface UnmetNeed {
  /** The id of the component that has it; "" for a file without an owner. */
  readonly component: string;
  /** A declaration, a library's name, a path, or a version of symbols with its library. */
  readonly need: string;
}

/** One problem of one input, at one place. Every problem found is reported, not just the first. */
export interface Problem {
  code: ProblemCode;
  severity: Severity;
  /** The source as the user wrote it. */
  source: string;
  /** Place in the source: a member, a layer, a path, an offset. Empty for the whole. */
  path: string;
  message: string;
  /** Of an `unresolved-dependency` in an image. */
  unmet?: UnmetNeed;
}

/**
 * The input is bad (exit 3). `place` names the part of the input; the message says what is wrong and never contains our own
 * paths.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly code: ProblemCode;
  readonly place: string;

  constructor(code: ProblemCode, place: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.place = place;
  }
}

/** A source or the database cannot be reached (exit 4). */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** A source refuses to be read (exit 4): the next try gets the same answer, until a login or a right is changed. */
export class RefusedError extends UnreachableError {}

/** An artifact of the question was removed by another command meanwhile (exit 4; a page: 404). */
export class GoneError extends UnreachableError {
  constructor(options?: ErrorOptions) {
    super("an artifact was removed while it was read; run list to see the rest", options);
  }
}

/**
 * The command line, or a page's URL, is wrong (exit 2). `candidates`: possible meanings, listed below the message. `suggestions`: similar
 * names, if what was named is not there, whether the message contains them or the list does.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly candidates: readonly string[];
  readonly suggestions: readonly string[];

  constructor(
    message: string,
    candidates: readonly string[] = [],
    { suggestions = [], ...options }: ErrorOptions & { suggestions?: readonly string[] } = {},
  ) {
    super(message, options);
    this.candidates = candidates;
    this.suggestions = suggestions;
  }
}

/** The artifact is there, but what the question asks is not known of it (exit 2; a page says so). */
export class NotKnownError extends UsageError {}

/** The question is about what layers contain, and the image is known by its manifest alone (exit 2). */
export class ManifestOnlyError extends NotKnownError {
  constructor(name: string, source: string) {
    super(`${name} is known by its manifest alone; to read its layers: stratigraph scan ${shellWord(source)}`);
  }
}

/** The question is about bytes, and the artifact is an SBOM, which states none (exit 2). */
export class SizelessError extends NotKnownError {
  constructor(name: string) {
    super(
      `${name} is an SBOM, which states no sizes: this question is about bytes and files; scan the software itself`,
    );
  }
}

/** An error for an unknown name, with similar names or, if there are none, with the hint. */
export function toUnknownName(problem: string, suggestions: readonly string[], hint = ""): UsageError {
  const [first, ...more] = suggestions;
  if (first === undefined) return new UsageError(`${problem}${hint}`);
  if (more.length === 0) return new UsageError(`${problem}; did you mean ${first}?`, [], { suggestions });
  return new UsageError(`${problem}; did you mean one of these?`, suggestions, { suggestions });
}

/** A limit on stored objects is reached (exit 2): the user decides what to delete. */
export class QuotaError extends UsageError {}
