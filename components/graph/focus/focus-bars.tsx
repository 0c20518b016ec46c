import type { FocusFamily, FocusNode } from "#lib/model/focus-answer.ts";

const percent = (part: number, whole: number) => `${whole <= 0 ? 0 : (part / whole) * 100}%`;

/** A row's bar, on the scale of its part: dark itself, light what it alone keeps. A node without bytes has a mark. */
export function RowBar({ node, scale }: { node: Pick<FocusNode, "selfSize" | "retainedSize">; scale: number }) {
  return (
    <span aria-hidden className="flex h-2.5 w-full">
      <span className="min-w-px bg-self" style={{ width: percent(node.selfSize, scale) }} />
      <span className="bg-kept" style={{ width: percent(node.retainedSize - node.selfSize, scale) }} />
    </span>
  );
}

/** A family's bar: one tick for each of the largest members, what the others keep as one. */
export function Comb({ family, scale }: { family: FocusFamily; scale: number }) {
  const ticked = family.ticks.reduce((sum, size) => sum + size, 0);
  const rest = Math.max(0, family.retainedSize - ticked);
  const ticks = family.ticks.map((size, i) => ({ key: `${i}`, size }));
  return (
    <span aria-hidden className="flex h-2.5 w-full">
      {ticks.map(({ key, size }) => (
        <span
          key={key}
          className="min-w-px border-r border-ground bg-self"
          style={{ width: percent(Math.min(size, family.retainedSize), scale) }}
        />
      ))}
      <span className="bg-kept" style={{ width: percent(rest, scale) }} />
    </span>
  );
}

/** Everything a node needs, as one bar: itself, what it alone keeps, what others need, too. */
export function ClosureBar({ node }: { node: FocusNode }) {
  const { selfSize, retainedSize, closureSize } = node;
  return (
    <div aria-hidden className="mt-3 flex h-5.5 w-full overflow-hidden rounded-[2px] bg-others">
      <span className="min-w-px bg-self" style={{ width: percent(selfSize, closureSize) }} />
      <span className="bg-kept" style={{ width: percent(retainedSize - selfSize, closureSize) }} />
    </div>
  );
}
