import Link from "next/link";
import type { ReactNode } from "react";
import { NodeName } from "#components/artifact/node-table.tsx";
import { Amount } from "#components/ui/amount.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { KindLabel, KindMark } from "#components/ui/marks.tsx";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { MoreLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { rootBadge } from "#lib/display/root-reason.ts";
import { signatureWords } from "#lib/display/signatures.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { EvidenceName } from "#lib/model/overview.ts";
import type { SignatureCheck } from "#lib/model/signature.ts";
import type { Neighbour, NeighbourList, NodeRow, PathStep } from "#lib/views/why.ts";
import { EvidenceMark } from "./evidence.tsx";

/** Kind and id of a node, and its marks. */
export function NodeFacts({ node }: { node: NodeRow }) {
  return (
    <>
      <KindLabel kind={node.kind} />
      {node.root ? <span>{rootBadge(node.rootReason)}</span> : null}
      {node.live ? null : <span className="text-warn">dead: no root reaches it</span>}
      {node.signature === undefined ? null : <Signature check={node.signature} />}
      <CopyText text={node.id} what="id" className="max-w-full font-mono text-xs break-all">
        <Visible text={node.id} />
      </CopyText>
    </>
  );
}

/** Of an item of a closure from a binary cache. */
function Signature({ check }: { check: SignatureCheck }) {
  return (
    <span className={check.status === "wrong" ? "text-warn" : undefined}>
      signature <Visible text={signatureWords(check)} />
    </span>
  );
}

interface NeighboursProps {
  readonly title: string;
  readonly list: NeighbourList;
  /** The unit of its artifact's sizes. */
  readonly unit: MeasureUnit;
  readonly hrefOf: (node: NodeRow) => string;
  /** Shown if the list is empty. */
  readonly none: string;
  /** The URL that shows more rows. */
  readonly moreHref?: string | undefined;
  /** Whether the edge's evidence is shown: not if the rows are no edges. */
  readonly edges?: boolean;
}

/** Nodes at the other end of a node's edges, each with the edge's evidence and its source. */
export function Neighbours({ title, list, unit, hrefOf, none, moreHref, edges = true }: NeighboursProps) {
  const measure = unit === "bytes" ? "retained" : "keeps";
  return (
    <NodeSection title={title} list={list} measure={measure} none={none} noun="node" moreHref={moreHref}>
      {list.rows.map((neighbour) => (
        <NeighbourRow
          key={neighbour.node.nodeIndex}
          neighbour={neighbour}
          unit={unit}
          href={hrefOf(neighbour.node)}
          edges={edges}
        />
      ))}
    </NodeSection>
  );
}

interface NodeSectionProps {
  readonly title: string;
  readonly list: { readonly count: number; readonly rows: readonly unknown[] };
  /** Heading of the figures at the right. */
  readonly measure: ReactNode;
  /** Shown if there are none. */
  readonly none: string;
  readonly noun: string;
  /** The URL that shows more rows. */
  readonly moreHref?: string | undefined;
  readonly children: ReactNode;
}

/** A counted list of nodes, with the number of those not listed. */
export function NodeSection({ title, list, measure, none, noun, moreHref, children }: NodeSectionProps) {
  const { count, rows } = list;
  return (
    <section className="mt-5" aria-label={title}>
      <h3 className="mb-1 flex justify-between text-xs text-dim">
        <span>
          {title} <span className="text-ink">{count}</span>
        </span>
        {count === 0 ? null : <span>{measure}</span>}
      </h3>
      {count === 0 ? <p className="text-[0.8125rem] text-dim">{none}</p> : null}
      <ul>{children}</ul>
      {count > rows.length ? (
        <p className="py-1.5 text-[0.8125rem] text-dim">
          {formatCounted(count - rows.length, `more ${noun}`)} not listed
          <MoreLink href={moreHref} />
        </p>
      ) : null}
    </section>
  );
}

interface NeighbourRowProps extends Pick<NeighboursProps, "unit"> {
  readonly neighbour: Neighbour;
  readonly href: string;
  readonly edges: boolean;
}

function NeighbourRow({ neighbour, unit, href, edges }: NeighbourRowProps) {
  const { node, evidence, details, known } = neighbour;
  return (
    <li className="border-b border-line py-1.5 text-[0.8125rem] last:border-0">
      <div className="flex items-center gap-2">
        {edges ? (
          <span className="text-dim">
            <EvidenceMark known={evidence} wordless />
          </span>
        ) : null}
        <RowLink href={href} className="min-w-0 flex-1">
          <KindMark kind={node.kind} />
          <NodeName node={node} />
        </RowLink>
        <Amount value={node.retainedSize} unit={unit} />
      </div>
      <Details lines={details} known={known} indent={edges} />
    </li>
  );
}

const LINES_SHOWN = 3;

interface DetailsProps {
  readonly lines: readonly string[];
  /** The evidence that each line is: marked where they differ. */
  readonly known: readonly EvidenceName[];
  readonly indent: boolean;
}

function Details({ lines, known, indent }: DetailsProps) {
  if (lines.length === 0) return null;
  const cut = lines.length - LINES_SHOWN;
  const isMixed = new Set(known).size > 1;
  return (
    <div className={`mt-0.5 font-mono text-2xs break-all text-dim ${indent ? "pl-7.5" : ""}`}>
      {lines.slice(0, LINES_SHOWN).map((line, i) => (
        <div key={`${known[i]} ${line}`} className={isMixed ? "flex items-baseline gap-1.5" : undefined}>
          {isMixed ? <EvidenceMark known={known[i]!} wordless /> : null}
          <span className="min-w-0">
            <Visible text={line} />
          </span>
        </div>
      ))}
      {cut > 0 ? <div>{formatCounted(cut, "more line")}</div> : null}
    </div>
  );
}

interface PathSectionProps {
  readonly title: string;
  /** From a root, if one leads here. */
  readonly path: readonly PathStep[] | undefined;
  /** The page with all paths. */
  readonly allHref: string;
  readonly hrefOf: (node: NodeRow) => string;
}

/** One path to a node, and a link to all of them. */
export function PathSection({ title, path, allHref, hrefOf }: PathSectionProps) {
  return (
    <section className="mt-5">
      <h3 className="mb-2 flex justify-between text-xs text-dim">
        {title}
        <Link href={allHref} prefetch={false} className="text-link">
          All paths
        </Link>
      </h3>
      {path === undefined ? (
        <p className="text-[0.8125rem] text-dim">No root reaches it.</p>
      ) : path.length === 1 ? (
        <p className="text-[0.8125rem]">It is a root.</p>
      ) : (
        <PathList path={path} hrefOf={hrefOf} />
      )}
    </section>
  );
}

/** A path from a root downwards: each step below the node that refers to it. */
export function PathList({ path, hrefOf }: { path: readonly PathStep[]; hrefOf: (node: NodeRow) => string }) {
  return (
    <ol className="text-[0.8125rem]">
      {path.map(({ node, evidence, details, known }, i) => (
        <li key={node.nodeIndex} className="relative pb-3 pl-6 last:pb-0">
          {i === path.length - 1 ? null : (
            <span aria-hidden className="absolute top-3 bottom-0 left-[0.3rem] border-l border-line-strong" />
          )}
          <span aria-hidden className="absolute top-1.5 left-0 grid">
            <KindMark kind={node.kind} />
          </span>
          <div className="flex items-baseline gap-2">
            <RowLink href={hrefOf(node)} className={`min-w-0 flex-1 ${i === path.length - 1 ? "font-medium" : ""}`}>
              <NodeName node={node} />
            </RowLink>
            <span className="shrink-0 text-xs text-dim">
              {evidence === undefined ? "root" : <EvidenceMark known={evidence} />}
            </span>
          </div>
          <Details lines={details} known={known} indent={false} />
        </li>
      ))}
    </ol>
  );
}
