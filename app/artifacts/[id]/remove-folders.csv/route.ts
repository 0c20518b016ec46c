import { removeAddress } from "#components/remove/remove-address.ts";
import { FOLDER_COLUMNS } from "#lib/exports/tables/advised-folders.ts";
import { exportFolders } from "#lib/views/remove.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

/** What could go by folder: `?folder=`, `?take=` and `?keep=`, as on the page. */
export const GET = orUnavailable(
  artifactCsv(
    "remove-folders",
    (text, { url }) => {
      const { folder, take, keep } = removeAddress.parse(new URL(url).searchParams);
      return exportFolders(text, { path: folder, selected: take, keep });
    },
    FOLDER_COLUMNS,
  ),
);
