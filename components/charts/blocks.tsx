import { formatBytes } from "#lib/display/bytes.ts";
import { nameColour } from "#lib/display/colours.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { Block } from "#lib/views/column.ts";
import { layBlocks } from "./block-geometry.ts";

interface BlocksProps {
  readonly blocks: readonly Block[];
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
}

/** A closure as one small block divided by retained size, without words: the thumbnail. */
export function Blocks({ blocks, bytes, width, height }: BlocksProps) {
  const { placed } = layBlocks({ blocks, bytes, width, height, heading: 0, levels: 2 });
  return (
    <>
      <rect width={width} height={height} fill="var(--rock-unique)" />
      {placed.map(({ block, depth, ...rectangle }) => (
        <rect key={block.nodeIndex} {...rectangle} fill={nameColour(block.name)} fillOpacity={depth === 1 ? 0.75 : 1} />
      ))}
    </>
  );
}

export function blockTitle({ name, version, retainedSize, selfSize }: Block): string {
  const called = labelText(version === "" ? name : `${name} ${version}`);
  return `${called}: retains ${formatBytes(retainedSize)}, ${formatBytes(selfSize)} of it its own`;
}
