import { CloseLink } from "#components/ui/close-link.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { KindLabel } from "#components/ui/kind-mark.tsx";
import { Measure } from "#components/ui/measure.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { NodeDetail, NodeRow } from "#lib/views/graph.ts";
import { type GraphState, graphAddress } from "./graph-address.ts";
import { Neighbours, PathSection } from "./neighbours.tsx";

/** The selected node: its sizes, its dependency path, and its edges in both directions. */
export function NodePanel({ detail, digest, state }: { detail: NodeDetail; digest: string; state: GraphState }) {
  const { node, paths, references, referrers } = detail;
  const hrefOf = (other: NodeRow) =>
    graphAddress(state, { node: String(other.nodeIndex), focus: String(other.nodeIndex) });
  const [path] = paths;
  return (
    <section aria-label={labelText(`Node ${node.name}`)} className="border-b border-line p-4 sm:p-5">
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 text-base font-medium tracking-tight break-words">
          <Visible text={node.name} /> <Visible text={node.version} className="font-normal text-dim" />
        </h2>
        <CloseLink href={graphAddress(state, { node: undefined })} />
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 text-xs text-dim">
        <KindLabel kind={node.kind} />
        {node.root ? <span>root</span> : null}
        {node.live ? null : <span className="text-warn">dead</span>}
        <CopyText text={node.id} what="id" className="max-w-full truncate font-mono text-2xs">
          <Visible text={node.id} />
        </CopyText>
      </div>
      <dl className="mt-4 flex flex-wrap gap-x-7 gap-y-2">
        <Measure name="selfSize" value={node.selfSize} />
        <Measure name="closureSize" value={node.closureSize} />
        <Measure name="retainedSize" value={node.retainedSize} />
      </dl>
      <PathSection title="Dependency path" path={path} allHref={whyPath(digest, node.nodeIndex)} hrefOf={hrefOf} />
      <Neighbours title="Needs" list={references} hrefOf={hrefOf} none="It needs nothing." />
      <Neighbours title="Needed by" list={referrers} hrefOf={hrefOf} none="Nothing needs it." />
    </section>
  );
}
