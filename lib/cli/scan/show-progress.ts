import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import type { ScanCounts, ScanProgress } from "#lib/model/scan-progress.ts";

/** The progress line: `web (image 2 of 3): reading 1 of 2 layers, 2.0 MiB of 4.0 MiB`. */
export function formatProgress({ phase, source, image, ...counts }: ScanProgress): string {
  const position = image !== undefined && image.count > 1 ? ` (image ${image.index + 1} of ${image.count})` : "";
  const counted = listCounts(counts).join(", ");
  return `${image?.name ?? source}${position}: ${phase}${counted === "" ? "" : ` ${counted}`}`;
}

/** Every count that is not 0. */
function listCounts({ layersRead = 0, layerCount, itemCount, nodeCount, bytesRead, totalBytes }: ScanCounts): string[] {
  const counted: string[] = [];
  if (layerCount) counted.push(`${layersRead} of ${formatCounted(layerCount, "layer")}`);
  if (itemCount) counted.push(formatCounted(itemCount, "item"));
  if (nodeCount) counted.push(formatCounted(nodeCount, "node"));
  if (bytesRead)
    counted.push(totalBytes ? `${formatBytes(bytesRead)} of ${formatBytes(totalBytes)}` : formatBytes(bytesRead));
  return counted;
}
