import { formatBytes } from "#lib/display/bytes.ts";
import { rockColour } from "#lib/display/colours.ts";
import { visibleText } from "#lib/display/visible-text.ts";
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
        <rect key={block.nodeIndex} {...rectangle} fill={blockColour(block)} fillOpacity={depth === 1 ? 0.75 : 1} />
      ))}
    </>
  );
}

/** A block keeps its colour by name, so that glibc looks the same in two closures. */
export function blockColour({ name }: Block): string {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0;
  return rockColour(hash.toString(16).padStart(8, "0").slice(2));
}

export function blockTitle({ name, version, retainedSize, selfSize }: Block): string {
  const called = visibleText(version === "" ? name : `${name} ${version}`);
  return `${called}: retains ${formatBytes(retainedSize)}, ${formatBytes(selfSize)} of it its own`;
}
