import Link from "next/link";
import { EvidenceMark } from "#components/graph/evidence.tsx";
import { MoreLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { cutWords, freedWords } from "#lib/display/path-words.ts";
import type { CutEdge, EdgeCut } from "#lib/model/edge-cut.ts";
import type { NamedId } from "#lib/model/suspect.ts";
import type { CutsAnswer } from "#lib/views/why.ts";

interface CutsProps {
  readonly cuts: CutsAnswer;
  /** The URL that shows more edges. */
  readonly moreHref: string | undefined;
  readonly hrefOf: (node: NamedId) => string;
}

/** The fewest references that keep the node in, and what removing them frees. */
export function Cuts({ cuts: { cuts, size, more, isStart, unit }, moreHref, hrefOf }: CutsProps) {
  if (cuts.length === 0 && !isStart) return null;
  const [first, ...others] = cuts;
  const last = others.pop();
  const show = (cut: EdgeCut) => <Cut key={cuts.indexOf(cut)} {...{ cut, size, unit, moreHref, hrefOf }} />;
  return (
    <Section
      id="cut"
      title="What it would take to remove it"
      note={isStart ? undefined : `no fewer than ${formatCounted(size, "reference")}`}
    >
      {isStart ? <p className="text-[0.8125rem]">No reference keeps it: it is a root itself.</p> : null}
      <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
        {first === undefined ? null : show(first)}
        {others.length === 0 ? null : (
          <li className="px-4 py-3 text-[0.8125rem]">
            <details>
              <summary className="text-link w-fit py-0.5">
                {more ? "Some of the other ways" : formatCounted(others.length, "other way")}
              </summary>
              <ul className="mt-2 divide-y divide-line border-t border-line">{others.map(show)}</ul>
            </details>
          </li>
        )}
        {last === undefined ? null : show(last)}
      </ul>
    </Section>
  );
}

interface CutProps extends Pick<CutsProps, "moreHref" | "hrefOf">, Pick<CutsAnswer, "size" | "unit"> {
  readonly cut: EdgeCut;
}

function Cut({ cut, size, unit, moreHref, hrefOf }: CutProps) {
  const left = size - cut.edges.length;
  return (
    <li className="px-4 py-3.5 text-[0.8125rem]">
      <p className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="font-medium">{cutWords(size)}</span>
        <span>{freedWords(cut, unit)}</span>
      </p>
      <ul className="mt-1.5 space-y-1">
        {cut.edges.map((edge) => (
          <CutLine key={`${edge.from.nodeIndex} ${edge.to.nodeIndex}`} edge={edge} hrefOf={hrefOf} />
        ))}
      </ul>
      {left === 0 ? null : (
        <p className="mt-1 text-dim">
          {formatCounted(left, "more reference")}
          <MoreLink href={moreHref} />
        </p>
      )}
    </li>
  );
}

function CutLine({ edge: { from, to, evidence }, hrefOf }: { edge: CutEdge; hrefOf: CutsProps["hrefOf"] }) {
  return (
    <li className="flex items-baseline gap-2">
      <span className="text-dim">
        <EvidenceMark known={evidence} wordless />
      </span>
      <span className="min-w-0 break-words">
        {[from, to].map((node, i) => (
          <span key={node.nodeIndex}>
            {i === 0 ? "" : " → "}
            <Link href={hrefOf(node)} prefetch={false} className="hover:text-accent">
              <Visible text={node.name} />
            </Link>
          </span>
        ))}
      </span>
    </li>
  );
}
