import type { KeptNode } from "#lib/model/kept-tree.ts";

/** Marks a node that some others need, and that needs them; leads to the list of such groups. */
export function CycleMark({ node: { cycle } }: { node: Pick<KeptNode, "cycle"> }) {
  if (cycle === undefined) return null;
  return (
    <a
      href="#cycles"
      data-tip="A dependency cycle: this node and others need each other."
      className="shrink-0 rounded-sm bg-shade px-1.5 text-xs text-dim hover:text-accent"
    >
      in a cycle
    </a>
  );
}
