import type { AdviceMask } from "#lib/model/advice.ts";
import type { AdvisedFolder, AdvisedFolders, FolderBytes } from "#lib/model/advised-folders.ts";
import { type Claims, markFreedBy } from "./claims.ts";

/** Every class. */
const ALL = 0xffff;

interface FolderQuestion {
  /** Paths by the numbers in the rows, without slashes at their ends; "" is the root. */
  readonly folders: readonly string[];
  /** The folder to look into. */
  readonly path: string;
  readonly selected: AdviceMask;
}

interface Sum {
  bytes: number;
  listed: number;
  selected: number;
}

interface Branch extends Sum {
  readonly path: string;
  /** Not a folder, but the files directly in the one at this path. */
  readonly files: boolean;
  readonly inside: Map<string, Branch>;
}

const toBranch = (path: string, files = false): Branch => {
  return { path, files, bytes: 0, listed: 0, selected: 0, inside: new Map() };
};

/** Levels of folders that are summed: two that are shown, below at most this many that are opened for their size. */
const MAX_OPENED = 2;
/** Share of the listed bytes above which a folder says nothing: it is replaced by what is in it. */
const OPENED_SHARE = 0.8;
const SUMMED_LEVELS = MAX_OPENED + 2;

/**
 * The folders in a folder with their bytes, two levels deep: what is in the layers, what all classes free of it, and what the selected
 * ones do. Each level adds up to the one above, with the files directly in a folder as a part. A folder with nearly all listed bytes
 * is replaced by what is in it: nearly everything of an image is below `usr`. O(rows + folders).
 */
export function sumFolders(claims: Claims, { folders, path, selected }: FolderQuestion): AdvisedFolders {
  const sums = sumRows(claims, folders.length, selected);
  const top = toBranch(path);
  for (const [i, folder] of folders.entries()) {
    if (folder !== path && path !== "" && !folder.startsWith(`${path}/`)) continue;
    const below = folder === path ? [] : folder.slice(path === "" ? 0 : path.length + 1).split("/");
    addTo(top, sums[i]!, below.slice(0, SUMMED_LEVELS));
  }
  const { bytes, listed, selected: chosen } = top;
  return {
    path,
    bytes,
    listed,
    selected: chosen,
    folders: openLargest(top)
      .map((branch) => toFolder(branch, path))
      .sort(byListed),
  };
}

/** What is in a folder; in place of one in it with most of the listed bytes, what is in that one. */
function openLargest(top: Branch): Branch[] {
  let branches = [...top.inside.values()];
  for (let opened = 0; opened < MAX_OPENED; opened++) {
    const largest = branches.find((branch) => branch.listed > OPENED_SHARE * top.listed && hasFolders(branch));
    if (largest === undefined) break;
    branches = branches.flatMap((branch) => (branch === largest ? [...branch.inside.values()] : [branch]));
  }
  return branches.filter(({ bytes }) => bytes > 0);
}

function sumRows(claims: Claims, count: number, selected: AdviceMask): Sum[] {
  const sums = Array.from({ length: count }, () => ({ bytes: 0, listed: 0, selected: 0 }));
  const [listed, chosen] = [markFreedBy(claims, ALL), markFreedBy(claims, selected)];
  for (let row = 0; row < claims.count; row++) {
    const sum = sums[claims.folder[row]!];
    if (sum === undefined) continue;
    const bytes = claims.bytes[row]!;
    sum.bytes += bytes;
    if (listed[row] === 1) sum.listed += bytes;
    if (chosen[row] === 1) sum.selected += bytes;
  }
  return sums;
}

/** Adds to a branch, and to the branches of these names below it, or of its own files. */
function addTo(branch: Branch, sum: FolderBytes, names: readonly string[]): void {
  let at = branch;
  addSum(at, sum);
  for (const name of names) {
    at = within(at, name);
    addSum(at, sum);
  }
  if (names.length < SUMMED_LEVELS) addSum(within(at, ""), sum);
}

function addSum(branch: Branch, { bytes, listed, selected }: FolderBytes): void {
  branch.bytes += bytes;
  branch.listed += listed;
  branch.selected += selected;
}

/** The branch of this name; "" for the files directly in the folder. */
function within({ path, inside }: Branch, name: string): Branch {
  const known = inside.get(name);
  if (known !== undefined) return known;
  const branch = name === "" ? toBranch(path, true) : toBranch(path === "" ? name : `${path}/${name}`);
  inside.set(name, branch);
  return branch;
}

function toFolder({ inside, ...branch }: Branch, top: string): AdvisedFolder {
  const { path, files, bytes, listed, selected } = branch;
  const name = top === "" ? path : path.slice(top.length + 1);
  const parts = [...inside.values()].filter((part) => part.bytes > 0).map((part) => toLeaf(part, path));
  return {
    name,
    path,
    files,
    bytes,
    listed,
    selected,
    opens: !files && hasFolders({ inside }),
    parts: parts.sort(byListed),
  };
}

function toLeaf(branch: Branch, top: string): AdvisedFolder {
  return { ...toFolder({ ...branch, inside: new Map() }, top), opens: !branch.files && hasFolders(branch) };
}

function byListed(a: AdvisedFolder, b: AdvisedFolder): number {
  return b.listed - a.listed || b.bytes - a.bytes || (a.name < b.name ? -1 : 1);
}

function hasFolders({ inside }: Pick<Branch, "inside">): boolean {
  return [...inside.values()].some(({ files }) => !files);
}
