import type { SourceEnvironment } from "../environment.ts";

/** A file or directory with images; `imageName` if only one of them is wanted. */
export interface ImagePath {
  readonly path: string;
  readonly imageName?: string;
}

/** Parses `PATH[:NAME]` and resolves the path. */
export function parseImagePath(text: string, environment: SourceEnvironment): ImagePath {
  const { path, imageName } = splitImageName(text, environment);
  return { path: environment.resolvePath(path), imageName };
}

/** The same with the path unresolved. File names may contain colons: the path is the longest prefix that exists. */
export function splitImageName(text: string, { resolvePath, pathKind }: SourceEnvironment): ImagePath {
  for (let cut = text.length; cut > 0; cut = text.lastIndexOf(":", cut - 1)) {
    const path = text.slice(0, cut);
    if (pathKind(resolvePath(path)) === undefined) continue;
    return { path, imageName: cut < text.length ? text.slice(cut + 1) : undefined };
  }
  return { path: text };
}
