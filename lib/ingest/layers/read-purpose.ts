import { isDocument } from "./documents.ts";
import { isMovedDocument } from "./moved-documents.ts";
import type { ScanLayerOptions } from "./scan-layer.ts";

/** Why layers are read: to store what package detection needs, or to move them to another base. Crosses threads. */
export type ReadPurpose = "scan" | "move";

/** What is kept for each purpose. */
export const READ_FOR: Readonly<Record<ReadPurpose, Pick<ScanLayerOptions, "isDocument" | "isMoved">>> = {
  scan: { isDocument },
  move: { isDocument: (path) => isDocument(path) || isMovedDocument(path), isMoved: true },
};
