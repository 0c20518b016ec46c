import { type Tile, Treemap } from "#components/charts/treemap.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { AdvisedFolder } from "#lib/model/advised-folders.ts";
import { type FolderPart, type PlacedFolder, placeFolders } from "#lib/pictures/remove/place-folders.ts";

const HEIGHTS = [420, 380] as const;
/** Minimum target size in either direction, in pixels (WCAG 2.5.8). */
const MIN_TARGET = 26;
/** Width from which a figure fits after the name. */
const FIGURE_WIDTH = 110;
/** What a folder of the picture, or an item of a store, is called. */
export type FolderNoun = "folder" | "item";

interface FolderPictureProps {
  readonly folders: readonly AdvisedFolder[];
  readonly noun: FolderNoun;
  readonly hrefOf: (folder: AdvisedFolder) => string | undefined;
}

/** What could go, as nested areas by folder; each leads to itself as the whole picture. */
export function FolderPicture({ folders, noun, hrefOf }: FolderPictureProps) {
  return (
    <Treemap
      label={`What can go, by ${noun}, as nested areas.`}
      heights={HEIGHTS}
      tilesOf={(width, height) =>
        placeFolders(folders, { width, height }).map((placed) => toTile(placed, { folders, noun, hrefOf }))
      }
    />
  );
}

function toTile({ part, depth, key, ...rectangle }: PlacedFolder, { noun, hrefOf }: FolderPictureProps): Tile {
  const { width, height } = rectangle;
  const { listed, selected } = part.type === "folder" ? part.folder : part;
  const name = partName(part, noun);
  return {
    ...rectangle,
    key,
    colour: part.type === "folder" && part.divided ? "var(--raised)" : tileGround(selected / listed),
    ink: "var(--ink)",
    title: `${labelText(name)} ${formatBytes(listed)}${selectedWords(listed, selected)}`,
    href: part.type === "folder" ? hrefOf(part.folder) : undefined,
    stays: part.type === "folder" && part.folder.opens,
    focusable: width >= MIN_TARGET && height >= MIN_TARGET / 2,
    name: (
      <span className="block truncate leading-6">
        <span className="rounded-sm bg-raised px-1 py-px">
          <Visible text={name} className={depth === 1 ? "font-medium" : ""} />
          {width > FIGURE_WIDTH ? ` ${formatBytes(listed)}` : null}
        </span>
      </span>
    ),
  };
}

function partName(part: FolderPart, noun: FolderNoun): string {
  if (part.type === "others") return formatCounted(part.count, `smaller ${noun}`);
  return folderName(part.folder);
}

export function folderName({ name, files }: AdvisedFolder): string {
  if (!files) return name;
  return name === "" ? "files directly in it" : `${name}: files directly in it`;
}

function selectedWords(listed: number, selected: number): string {
  if (selected === 0) return " listed";
  return selected === listed ? " listed, all selected" : ` listed, ${formatBytes(selected)} selected`;
}

/** Hatched from the left as far as its bytes are selected. */
function tileGround(share: number): string {
  const ground = "var(--size-others)";
  if (!(share > 0)) return ground;
  const hatch = "repeating-linear-gradient(135deg, var(--accent) 0 2px, var(--accent-wash) 2px 6px)";
  return `${hatch} 0 0 / ${Math.max(1, 100 * share)}% 100% no-repeat, ${ground}`;
}
