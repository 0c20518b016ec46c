import Link from "next/link";
import { DataTable, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { KIND_LABELS } from "#lib/display/colours.ts";
import { graphPath, whyPath } from "#lib/display/paths.ts";
import { rootBadge } from "#lib/display/root-reason.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import { COUNT_COLUMNS, NODE_COLUMNS } from "#lib/exports/tables/closure.ts";
import type { MeasuredNode } from "#lib/model/answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { ListedNode, ListedNodes, NodeRow, NodeSort } from "#lib/views/artifact.ts";

const { name, selfSize, closureSize, retainedSize, referenceCount, referrerCount } = NODE_COLUMNS;

interface NodeTableProps {
  readonly digest: string;
  readonly nodes: ListedNodes;
  readonly unit: MeasureUnit;
  readonly sortBy: (sort: NodeSort) => SortLink;
  readonly moreHref: string | undefined;
}

/** Components (or store items) with their sizes, one row per node. */
export function NodeTable({ digest, nodes, unit, sortBy, moreHref }: NodeTableProps) {
  const rest = nodes.rows.reduce((sum, node) => sum - node.selfSize, nodes.matchingSelfSize);
  return (
    <DataTable
      label="Components"
      rows={nodes.rows}
      keyOf={({ nodeIndex }) => nodeIndex}
      rowClass={() => "group hover:bg-shade"}
      empty="No component matches the filter."
      total={nodes.matching}
      rest={(count) => {
        const more = formatCounted(count, "more component");
        return unit === "bytes" ? `${more} with ${formatBytes(rest)}` : more;
      }}
      moreHref={moreHref}
      columns={nodeColumns(digest, unit, sortBy)}
    />
  );
}

/** The columns of an artifact's nodes, with links to each node's page and its place in the graph. */
export function nodeColumns(digest: string, unit: MeasureUnit, sortBy: SortBy): ShownColumn<ListedNode>[] {
  return [
    shown<ListedNode>(name, {
      sort: sortBy("name"),
      headingClass: "w-[46%]",
      className: "max-w-0 min-w-40 sm:w-[46%]",
      cell: (node) => <NodeLink node={node} digest={digest} />,
    }),
    ...(unit === "bytes" ? sizeColumns(sortBy) : countColumns(sortBy)),
    shown(referenceCount, { sort: sortBy("references"), from: "md" }),
    shown(referrerCount, { sort: sortBy("referrers"), from: "md" }),
    {
      name: "Graph",
      heading: <span className="sr-only">Graph</span>,
      right: true,
      from: "sm",
      headingClass: "w-14",
      className: "w-14",
      cell: (node) => <GraphLink node={node} digest={digest} />,
    },
  ];
}

type SortBy = NodeTableProps["sortBy"];

function sizeColumns(sortBy: SortBy): ShownColumn<ListedNode>[] {
  return [
    shown(selfSize, { sort: sortBy("self") }),
    shown(closureSize, { sort: sortBy("closure"), from: "sm" }),
    shown(retainedSize, { sort: sortBy("retained") }),
  ];
}

/** Of an SBOM. */
function countColumns(sortBy: SortBy): ShownColumn<ListedNode>[] {
  const { closureCount, retainedCount } = COUNT_COLUMNS;
  return [
    shown(closureCount, { sort: sortBy("closure"), from: "sm" }),
    shown(retainedCount, { sort: sortBy("retained") }),
  ];
}

/** Rows that a stored report shows; its exports have all. */
const MAX_KEPT = 200;

/** The nodes of a stored answer that retain most, without links. `total`: all nodes of the artifact. */
export function KeptNodes({ nodes, total }: { nodes: readonly MeasuredNode[]; total: number }) {
  return (
    <DataTable
      label="Components"
      rows={nodes}
      keyOf={({ id }) => id}
      limit={MAX_KEPT}
      total={total}
      rest={(count) => formatCounted(count, "more node")}
      columns={[
        shown<MeasuredNode>(name, {
          className: "max-w-0 min-w-40 sm:w-[60%]",
          cell: (node) => (
            <span className="flex items-center gap-2">
              <NodeWords node={node} />
            </span>
          ),
        }),
        shown(selfSize),
        shown(closureSize, { from: "sm" }),
        shown(retainedSize),
      ]}
    />
  );
}

function NodeLink({ node, digest }: { node: ListedNode; digest: string }) {
  return (
    <Link href={whyPath(digest, node)} prefetch={false} className="flex items-center gap-2 hover:text-accent">
      <NodeWords node={node} />
      {node.inCycle ? <Tag tip="A dependency cycle: this node and others need each other.">in a cycle</Tag> : null}
      {node.unmet === undefined ? null : <Tag tip={unmetTip(node.unmet)}>unmet need</Tag>}
      {node.isUnasked ? (
        <Tag tip="Neither installed explicitly nor needed by a component that was.">not asked for</Tag>
      ) : null}
    </Link>
  );
}

/** Needs named in a tooltip. */
const TIP_NEEDS = 3;

function unmetTip(needs: readonly string[]): string {
  const more = needs.length > TIP_NEEDS ? ` and ${formatCount(needs.length - TIP_NEEDS)} more` : "";
  return labelText(`Nothing in the image provides ${needs.slice(0, TIP_NEEDS).join(", ")}${more}.`);
}

function NodeWords({ node }: { node: MeasuredNode }) {
  return (
    <>
      <KindMark kind={node.kind} />
      <NodeName node={node} />
      {node.root ? <Tag tip={rootTip(node)}>{rootBadge(node.rootReason)}</Tag> : null}
      {node.live ? null : <Tag tip="No root reaches it: the garbage collector would delete it.">dead</Tag>}
    </>
  );
}

function rootTip({ rootReason }: MeasuredNode): string {
  if (rootReason === "subject") return "A root: the document describes it.";
  if (rootReason === "entrypoint") return "A root: the image starts a program of it.";
  if (rootReason === "unreferred") return "Top level: nothing refers to it, so that its sizes are counted from it.";
  return "A root: explicitly installed, or kept by the garbage collector.";
}

function GraphLink({ node, digest }: { node: ListedNode; digest: string }) {
  return (
    <Link
      href={graphPath(digest, node)}
      prefetch={false}
      className="text-dim group-hover:opacity-100 hover:text-accent focus-visible:opacity-100 [@media(hover:hover)]:opacity-0"
      aria-label={labelText(`Show ${node.name} in the graph`)}
    >
      graph
    </Link>
  );
}

/** A node by its common name: name and version; a store item's hash dimmed; unowned files by their layer. */
export function NodeName({ node }: { node: Pick<NodeRow, "id" | "kind" | "name" | "version"> }) {
  const hash = splitStorePath(node.id)?.hash;
  return (
    <span className="min-w-0 truncate" data-tip={labelText(`${KIND_LABELS[node.kind]} · ${node.id}`)}>
      <Visible text={node.name} />
      {node.version === "" ? null : (
        <span className="text-dim">
          {" "}
          <Visible text={node.version} />
        </span>
      )}
      {hash === undefined ? null : (
        <span className="ml-2 hidden font-mono text-2xs text-dim lg:inline">{shortDigest(hash)}</span>
      )}
    </span>
  );
}

function Tag({ children, tip }: { children: string; tip: string }) {
  return (
    <span data-tip={tip} className="shrink-0 rounded-sm bg-shade px-1 text-2xs text-dim">
      {children}
    </span>
  );
}
