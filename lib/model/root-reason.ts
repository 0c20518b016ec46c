/** Why a node is a root, the strongest reason first. The numbers are stored in the database: append, never renumber. */
export const RootReason = {
  /** Explicitly installed: apt's manual marks, apk's world, requests of dnf, zypp, pacman, pip and conda, a project's composer.json, `--root`. */
  named: 0,
  /** The owner of the program that the image runs, and the application that it is run for. */
  entrypoint: 1,
  /** A root of the store's garbage collector. */
  collector: 2,
  /** Files that no package owns: nothing can refer to them. */
  unowned: 3,
  /** It has no referrers, or none outside its cycle: a root, so that it has sizes. */
  unreferred: 4,
  /** The subject of an SBOM, or the document itself if it names none. */
  subject: 5,
  /** An application, by its manifest: a project of npm that no other one refers to. */
  application: 6,
} as const;
export type RootReason = (typeof RootReason)[keyof typeof RootReason];
export type RootReasonName = keyof typeof RootReason;

const NAMES = Object.keys(RootReason) as RootReasonName[];

/** `undefined` if an earlier version scanned it without recording the reason. */
export function toRootReasonName(reason: number | null): RootReasonName | undefined {
  return reason === null ? undefined : NAMES[reason];
}
