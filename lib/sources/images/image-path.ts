import type { SourceEnvironment } from "../environment.ts";

/** A file or directory with images in it; `imageName` where only one of them is asked for. */
export interface ImagePath {
  readonly path: string;
  readonly imageName?: string;
}

/** Takes `PATH[:NAME]` apart; the path becomes one of this process. */
export function parseImagePath(text: string, environment: SourceEnvironment): ImagePath {
  const { path, imageName } = splitImageName(text, environment);
  return { path: environment.resolvePath(path), imageName };
}

/** The same, the path as it was written. File names may have colons: the longest beginning that exists is the path. */
export function splitImageName(text: string, { resolvePath, findKind }: SourceEnvironment): ImagePath {
  for (let cut = text.length; cut > 0; cut = text.lastIndexOf(":", cut - 1)) {
    const path = text.slice(0, cut);
    if (findKind(resolvePath(path)) === undefined) continue;
    return { path, imageName: cut < text.length ? text.slice(cut + 1) : undefined };
  }
  return { path: text };
}
