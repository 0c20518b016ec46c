import { filesAddress, toFileFilter } from "#components/files/files-address.ts";
import { IMAGE_FILE_COLUMNS } from "#lib/exports/tables/image-files.ts";
import { exportImageFiles } from "#lib/views/image-files.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

/** All files of an image that match: `?q=`, `?layer=`, `?show=hidden`, in the order of the page. */
export const GET = orUnavailable(
  artifactCsv(
    "files",
    (text, { url }) => exportImageFiles(text, toFileFilter(filesAddress.parse(new URL(url).searchParams))),
    IMAGE_FILE_COLUMNS,
  ),
);
