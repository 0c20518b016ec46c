import type { ArchiveFacts } from "#lib/formats/jar/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";

/** An archive in the tree: a component, or a part of the distribution package that ships it. */
export interface JavaArchive {
  readonly node: FileNode;
  readonly index: number;
  readonly isShipped: boolean;
  /** Itself, and then the archives in it. */
  readonly parts: readonly JavaPart[];
}

/** One archive of a file. */
export interface JavaPart {
  /** In the outermost one, "" for that itself. */
  readonly path: string;
  readonly facts: ArchiveFacts;
  /** The components of the packages in it, by Maven's names: `GROUP:ARTIFACT`. */
  readonly names: ReadonlyMap<string, number>;
}
