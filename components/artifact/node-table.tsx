import Link from "next/link";
import { Bytes, Count } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { Cell, CutRow, Heading, SortHeading, type SortLink, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { KIND_LABELS } from "#lib/display/colours.ts";
import { graphPath, whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { NodeList, NodeRow, NodeSort } from "#lib/views/artifact.ts";

interface NodeTableProps {
  readonly digest: string;
  readonly nodes: NodeList;
  readonly sortBy: (sort: NodeSort) => SortLink;
  readonly moreHref: string | undefined;
}

const COLUMNS = 7;

/** Components (or store items) with their sizes, a row a node. */
export function NodeTable({ digest, nodes, sortBy, moreHref }: NodeTableProps) {
  const cut = nodes.matching - nodes.rows.length;
  const shownSelf = nodes.rows.reduce((sum, { selfSize }) => sum + selfSize, 0);
  return (
    <TableFrame label="Components">
      <thead>
        <tr>
          <SortHeading sort={sortBy("name")}>Name</SortHeading>
          <SortHeading sort={sortBy("self")} align="right" measure="selfSize" />
          <SortHeading sort={sortBy("closure")} align="right" className="hidden sm:table-cell" measure="closureSize" />
          <SortHeading sort={sortBy("retained")} align="right" measure="retainedSize" />
          <SortHeading
            sort={sortBy("references")}
            align="right"
            className="hidden md:table-cell"
            measure="referenceCount"
          />
          <SortHeading
            sort={sortBy("referrers")}
            align="right"
            className="hidden md:table-cell"
            measure="referrerCount"
          />
          <Heading align="right" className="hidden sm:table-cell">
            <span className="sr-only">Look closer</span>
          </Heading>
        </tr>
      </thead>
      <tbody>
        {nodes.rows.map((node) => (
          <NodeTableRow key={node.nodeIndex} node={node} digest={digest} />
        ))}
        {nodes.matching === 0 ? <CutRow columns={COLUMNS}>No component matches the filter.</CutRow> : null}
        {cut > 0 ? (
          <CutRow columns={COLUMNS} href={moreHref}>
            {formatCounted(cut, "more component")} with {formatBytes(nodes.matchingSelfSize - shownSelf)} of their own
          </CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}

function NodeTableRow({ node, digest }: { node: NodeRow; digest: string }) {
  return (
    <tr className="group hover:bg-shade">
      <Cell className="max-w-0 min-w-40 sm:w-[46%]">
        <Link
          href={whyPath(digest, node.nodeIndex)}
          prefetch={false}
          className="flex items-center gap-2 hover:text-accent"
        >
          <KindMark kind={node.kind} />
          <NodeName node={node} />
          {node.root ? <Tag tip="A root: what was asked for by name, or what the collector keeps.">root</Tag> : null}
          {node.live ? null : <Tag tip="No root reaches it: the collector would delete it.">dead</Tag>}
        </Link>
      </Cell>
      <Cell align="right">
        <Bytes value={node.selfSize} />
      </Cell>
      <Cell align="right" className="hidden sm:table-cell">
        <Bytes value={node.closureSize} />
      </Cell>
      <Cell align="right">
        <Bytes value={node.retainedSize} />
      </Cell>
      <Cell align="right" className="hidden md:table-cell">
        <Count value={node.referenceCount} />
      </Cell>
      <Cell align="right" className="hidden md:table-cell">
        <Count value={node.referrerCount} />
      </Cell>
      <Cell align="right" className="hidden w-12 sm:table-cell">
        <Link
          href={graphPath(digest, node.nodeIndex)}
          prefetch={false}
          className="text-dim group-hover:opacity-100 hover:text-accent focus-visible:opacity-100 [@media(hover:hover)]:opacity-0"
          aria-label={labelText(`Show ${node.name} in the graph`)}
        >
          graph
        </Link>
      </Cell>
    </tr>
  );
}

/** A node by its common name: name and version; a store item's hash dimmed; an unowned remainder by its layer. */
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
