import type { ClosureAnswer } from "#lib/model/answer.ts";
import type { Block } from "#lib/views/column.ts";

/** Nodes that a block draws, as on the artifact's own page. */
const DRAWN = 160;

/**
 * The nodes of an answer that retain most, each inside its dominator.
 * A dominator retains at least as much as what it dominates, so (ties aside) those of the first are among the first.
 */
export function toKeptBlocks(nodes: ClosureAnswer["nodes"]): Block[] {
  const blocks = nodes.slice(0, DRAWN).map(({ name, version, selfSize, retainedSize }, nodeIndex): Block => {
    return { nodeIndex, name, version, selfSize, retainedSize, children: [] };
  });
  const outermost: Block[] = [];
  blocks.forEach((block, i) => {
    const dominator = nodes[i]?.dominator ?? -1;
    (blocks[dominator]?.children ?? outermost).push(block);
  });
  return outermost;
}
