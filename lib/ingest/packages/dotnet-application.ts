import type { DotnetLibrary } from "#lib/formats/dotnet/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";

/** An application, or a shared framework: what one `.deps.json` describes. */
export interface DotnetApplication {
  readonly deps: FileNode;
  readonly libraries: readonly InstalledDotnet[];
  /** Of a shared framework its name and version, and the component that it is. */
  readonly framework: { readonly name: string; readonly version: string } | undefined;
  /** What the file is about: the project of its name, or the first library. */
  readonly main: InstalledDotnet;
}

export interface InstalledDotnet {
  readonly library: DotnetLibrary;
  readonly index: number;
  /** Of a distribution package, which ships it. */
  readonly isShipped: boolean;
}
