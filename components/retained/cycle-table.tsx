import Link from "next/link";
import { formatAmount } from "#components/graph/focus/focus-words.ts";
import { Amount } from "#components/ui/amount.tsx";
import { Count } from "#components/ui/bytes.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { graphPath } from "#lib/display/paths.ts";
import type { NodeCycle } from "#lib/model/kept-tree.ts";
import type { RetainedView } from "#lib/views/retained.ts";

interface CycleTableProps {
  readonly view: RetainedView;
  readonly moreHref: string | undefined;
}

/** The groups of nodes that need each other, with what they keep together and what each keeps alone. */
export function CycleTable({ view: { cycles, artifact, unit }, moreHref }: CycleTableProps) {
  if (cycles.count === 0) return null;
  return (
    <Section
      id="cycles"
      title="Nodes that need each other"
      note="None of a group can go alone while a node outside needs another of them."
    >
      <DataTable
        label="Groups of nodes that need each other"
        rows={cycles.rows}
        keyOf={({ key }) => key}
        total={cycles.count}
        rest={(count) => formatCounted(count, "smaller group")}
        moreHref={moreHref}
        columns={[
          {
            name: "Nodes, each with what it keeps alone",
            className: "max-w-0 w-full min-w-56 py-1.5",
            cell: (cycle: NodeCycle) => <Members cycle={cycle} digest={artifact.digest} unit={unit} />,
          },
          { name: "Nodes", right: true, cell: ({ count }) => <Count value={count} /> },
          {
            name: "Each alone",
            right: true,
            from: "sm",
            cell: ({ alone }) => <Amount value={alone} unit={unit} />,
          },
          { name: "Together", right: true, cell: ({ together }) => <Amount value={together} unit={unit} /> },
        ]}
      />
    </Section>
  );
}

function Members({
  cycle: { members, count },
  digest,
  unit,
}: {
  cycle: NodeCycle;
  digest: string;
  unit: RetainedView["unit"];
}) {
  return (
    <span className="break-words">
      {members.map((node, i) => (
        <span key={node.nodeIndex}>
          {i === 0 ? "" : ", "}
          <Link href={graphPath(digest, node)} prefetch={false} className="hover:text-accent">
            <Visible text={node.name} />
          </Link>{" "}
          <span className="text-dim">{formatAmount(node.retainedSize, unit)}</span>
        </span>
      ))}
      {count > members.length ? ` and ${formatCount(count - members.length)} more` : null}
    </span>
  );
}
