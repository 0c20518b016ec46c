import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import type { ScanProgressEvent } from "#lib/scan/scan-event.ts";

/** The line that shows a person how far a scan is; "" when nothing is under way. */
export function formatProgress(event: ScanProgressEvent): string {
  switch (event.type) {
    case "image":
      return `${event.name} (image ${event.index + 1} of ${event.count})`;
    case "reading":
      return `${event.name}: ${formatLayers(event)}${formatRead(event)}`;
    case "database":
      return `${event.source}: reading the store's database`;
    case "hashing":
      return `${event.source}: hashing the files of ${formatCounted(event.itemCount, "item")}, ${formatRead(event)}`;
    case "measuring":
      return `${event.source}: measuring ${formatCounted(event.nodeCount, "path")}`;
    case "idle":
      return "";
  }
}

function formatLayers({ layersRead, layerCount }: Extract<ScanProgressEvent, { type: "reading" }>): string {
  return layerCount === 0 ? "" : `${layersRead} of ${formatCounted(layerCount, "layer")}, `;
}

function formatRead({ readBytes, totalBytes }: { readBytes: number; totalBytes: number }): string {
  const read = formatBytes(readBytes);
  return totalBytes === 0 ? `${read} read` : `${read} of ${formatBytes(totalBytes)}`;
}
