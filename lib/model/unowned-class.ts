/**
 * What files are that no package owns, by their paths. Of several classes of one path, the first listed has it.
 *
 * - `modelWeights`: the parameters of a machine-learning model
 * - `byteCode`: compiled from a source that no package owns, or without one
 * - `configuration`: below `/etc`, and what a container has there by itself
 * - `home`: the home folder of a user
 * - `other`: nothing says what it is
 */
export const UNOWNED_CLASSES = [
  "modelWeights",
  "caches",
  "byteCode",
  "documentation",
  "locales",
  "staticLibraries",
  "tests",
  "archives",
  "fontsAndMedia",
  "logs",
  "temporary",
  "configuration",
  "home",
  "other",
] as const;
export type UnownedClass = (typeof UNOWNED_CLASSES)[number];

/** The files of one class, each body once. */
export interface UnownedFiles {
  readonly class: UnownedClass;
  readonly count: number;
  readonly bytes: number;
  readonly largest: { readonly path: string; readonly bytes: number; readonly layer: number };
}

/** The files of an image that no package owns. */
export interface UnownedAnswer {
  readonly count: number;
  readonly bytes: number;
  /** The visible bytes of the image. */
  readonly of: number;
  /** Most bytes first. */
  readonly classes: readonly UnownedFiles[];
}
