import "server-only";
import { scanUnderWay } from "#lib/answers/scan-under-way.ts";
import { getListStamp } from "#lib/db/queries/get-list-stamp.ts";
import type { ScanProgress } from "#lib/model/scan-progress.ts";
import { database } from "./database.ts";

export type { ScanProgress } from "#lib/model/scan-progress.ts";

export interface ChangesView {
  /** A text that changes with the list of artifacts and the current scan. */
  readonly stamp: string;
  readonly scanning: ScanProgress | undefined;
}

/** Whether there is something new to show. */
export async function loadChanges(): Promise<ChangesView> {
  const scanning = scanUnderWay();
  const listed = await getListStamp(await database());
  return {
    stamp: scanning === undefined ? listed : `${listed} ${scanning.image?.index} ${scanning.image?.name}`,
    scanning,
  };
}
