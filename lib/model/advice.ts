import type { ArtifactKind } from "./artifact-label.ts";
import type { NamedId } from "./suspect.ts";

/**
 * What could be removed, in classes. Of two classes with equal bytes, the one listed first has the bytes that both claim.
 *
 * - `metadataCopies`: a hidden body that the next layer with its path ships again, with the same content
 * - `wasted`: all that no container sees
 * - `unreached`: components that nothing installed explicitly needs; of a store, its dead paths
 * - `versions`: the smaller versions of what an artifact has in several
 * - `ecosystems`: the smaller copy of a library that is there from two ecosystems
 * - `unneeded`: components that nothing needs of what has to run, if that was chosen; never files without a component
 * - `duplicates`: equal visible bodies beyond one
 * - `orderPenalty`: of a set, equal layers on different bases, beyond the first
 */
export const ADVICE_CLASSES = [
  "metadataCopies",
  "wasted",
  "caches",
  "documentation",
  "locales",
  "byteCode",
  "staticLibraries",
  "tests",
  "unreached",
  "versions",
  "ecosystems",
  "unneeded",
  "duplicates",
  "orderPenalty",
] as const;
export type AdviceClass = (typeof ADVICE_CLASSES)[number];

/** A set of classes, as bits. */
export type AdviceMask = number;

export function maskOf(classes: Iterable<AdviceClass>): AdviceMask {
  let mask = 0;
  for (const each of classes) mask |= 1 << ADVICE_CLASSES.indexOf(each);
  return mask;
}

interface Checked {
  readonly kinds: readonly ArtifactKind[];
  readonly hasFiles: boolean;
  /** Something was chosen that has to run. */
  readonly keeps: boolean;
}

/** The classes that are checked in an artifact, or in a set of several. */
export function checkedClasses({ kinds, hasFiles, keeps }: Checked): readonly AdviceClass[] {
  const isImage = kinds.includes("image");
  return ADVICE_CLASSES.filter((each) => {
    if (each === "orderPenalty") return isImage && kinds.length > 1;
    if (each === "unneeded") return keeps;
    if (each === "unreached" || each === "versions") return true;
    return isImage || (each === "duplicates" && hasFiles);
  });
}

/** A file or component that a class claims. `layer`: its position in the image. */
export interface ClaimedThing {
  readonly name: string;
  readonly bytes: number;
  readonly layer: number | null;
}

/** One class with something to remove. */
export interface AdviceItem {
  readonly class: AdviceClass;
  /** All bytes of the class, whether or not another class claims them, too. */
  readonly bytes: number;
  /** Those that no larger class claims: over all items they add up to the total. */
  readonly ownBytes: number;
  /** Files, components, or layers. */
  readonly count: number;
  readonly estimated: boolean;
  /** Bytes that selecting it adds to the selection; all its bytes if nothing is selected. */
  readonly adds: number;
  /** Of one image: the layers with its bytes, those with most first; else []. */
  readonly layers: readonly { readonly layer: number; readonly bytes: number }[];
  /** The largest of them. */
  readonly largest: readonly ClaimedThing[];
}

/** A number of components and their bytes. */
export interface ComponentSum {
  readonly count: number;
  readonly bytes: number;
}

/** What has to run: the chosen components, what they need, themselves included, and what they do not. */
export interface KeepAdvice {
  readonly chosen: readonly NamedId[];
  readonly needed: ComponentSum;
  readonly unneeded: ComponentSum;
}

export interface AdviceAnswer {
  /** Ids. */
  readonly artifacts: readonly string[];
  readonly kinds: readonly ArtifactKind[];
  /** What to do depends on these: kinds of components (deb, apk, npm …), and nix or guix. */
  readonly ecosystems: readonly string[];
  /** Largest first. */
  readonly items: readonly AdviceItem[];
  /** Bytes of all items, each once; of everything: all layers, or all store items; and of the selected classes alone. */
  readonly total: { readonly bytes: number; readonly of: number; readonly selected: number };
  readonly checked: readonly AdviceClass[];
  /** `null` if nothing was chosen. */
  readonly keep: KeepAdvice | null;
  /** Of one artifact: explicitly installed components that could be chosen, those that need most first. */
  readonly suggested: readonly NamedId[];
  /** Of one image, lowest first; else []. */
  readonly layers: readonly AdvisedLayer[];
}

/** Bytes of a layer, those listed, and those selected. */
export interface AdvisedLayer {
  readonly layer: number;
  readonly bytes: number;
  readonly listed: number;
  readonly selected: number;
  readonly createdBy: string;
  /** Stored images with this layer, this one included. */
  readonly imageCount: number;
}
