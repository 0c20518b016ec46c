import Link from "next/link";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import { filesPath, withQuery } from "#lib/display/paths.ts";
import type { AdvisedFolder } from "#lib/model/advised-folders.ts";
import type { RemoveView } from "#lib/views/remove.ts";
import { FolderPicture } from "./folder-picture.tsx";
import { FolderTable } from "./folder-table.tsx";
import { type RemoveParams, removeAddress } from "./remove-address.ts";

interface FolderSectionProps {
  readonly folders: NonNullable<RemoveView["folders"]>;
  readonly params: RemoveParams;
  readonly path: string;
  readonly digest: string;
  readonly isStore: boolean;
}

/** Where in the tree the listed bytes are: a picture that zooms into a folder, the way back, and its rows as a table. */
export function FolderSection({ folders, params, path, digest, isStore }: FolderSectionProps) {
  const noun = isStore ? "item" : "folder";
  const zoomTo = (folder: string) => removeAddress.format(path, { ...params, folder, folders: undefined });
  const hrefOf = ({ path: to, opens }: AdvisedFolder) => (opens ? zoomTo(to) : undefined);
  const { take, keep } = params;
  return (
    <Section
      id="folders"
      title={isStore ? "By store item" : "By folder"}
      note={`${formatBytes(folders.listed)} listed${folders.path === "" ? "" : ` in /${folders.path}`}`}
      tools={<CsvLink href={withQuery(`${path}-folders.csv`, { folder: folders.path, take, keep })} />}
    >
      {isStore ? null : <Way path={folders.path} zoomTo={zoomTo} />}
      {folders.listed === 0 ? (
        <p className="mb-3 text-[0.8125rem]">Nothing to remove here.</p>
      ) : (
        <div className="mb-4">
          <FolderPicture folders={folders.folders} noun={noun} hrefOf={hrefOf} />
          <p className="mt-2 text-xs text-dim">
            Area by bytes that can go. Hatched: selected. {isStore ? "" : "A folder opens in place. "}
            {isStore ? null : (
              <Link href={filesPath(digest, `/${folders.path}`)} prefetch={false} className="text-link">
                Its files in one table
              </Link>
            )}
          </p>
        </div>
      )}
      <FolderTable folders={folders.folders} noun={noun} params={params} path={path} hrefOf={hrefOf} />
    </Section>
  );
}

/** The folders around what is shown. */
function Way({ path, zoomTo }: { path: string; zoomTo: (folder: string) => string }) {
  const names = path === "" ? [] : path.split("/");
  const steps = names.map((name, i) => ({ name, to: names.slice(0, i + 1).join("/") }));
  return (
    <nav aria-label="Folder" className="mb-2 flex flex-wrap gap-x-1.5 text-[0.8125rem]">
      {[{ name: "All folders", to: "" }, ...steps].map(({ name, to }, i) => (
        <span key={to}>
          {i === 0 ? "" : "/ "}
          {to === path ? (
            <span aria-current="location">
              <Visible text={name} />
            </span>
          ) : (
            <Link href={zoomTo(to)} scroll={false} prefetch={false} className="text-link">
              <Visible text={name} />
            </Link>
          )}
        </span>
      ))}
    </nav>
  );
}
