"use client";

import { UploadList } from "./archive-tab.tsx";
import { DropZone } from "./drop-zone.tsx";
import { useUploads } from "./uploads.ts";

/** The drop zone of a page, with what became of the files. */
export function DropArchives() {
  return (
    <div>
      <UploadList uploads={useUploads()} />
      <DropZone />
    </div>
  );
}
