import type { ReactNode } from "react";
import { NodeMeasures } from "#components/artifact/node-measures.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { layerOfPath, whyPath } from "#lib/display/paths.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import type { GraphView, NodeDetail, NodeRow } from "#lib/views/graph.ts";
import type { GraphState } from "./graph-address.ts";
import { Panel } from "./graph-frame.tsx";
import { NodeFacts, PathSection } from "./neighbours.tsx";

interface NodePanelProps extends Pick<GraphView, "artifact"> {
  readonly detail: NodeDetail;
  readonly state: GraphState;
  readonly hrefOf: (other: NodeRow) => string;
  /** Its edges in both directions. */
  readonly children: ReactNode;
}

/** The selected node: its sizes, its dependency path, and what follows. */
export function NodePanel({ detail: { node, paths }, artifact, state, hrefOf, children }: NodePanelProps) {
  return (
    <Panel
      label={`Node ${node.name}`}
      title={
        <>
          <Visible text={node.name} /> <Visible text={node.version} className="font-normal text-dim" />
        </>
      }
      facts={<NodeFacts node={node} />}
      state={state}
    >
      <dl className="mt-4 flex flex-wrap gap-x-7 gap-y-2">
        <NodeMeasures node={node} unit={unitOf(artifact)} />
      </dl>
      {artifact.kind === "image" && node.selfSize > 0 ? (
        <p className="mt-3 text-[0.8125rem]">
          {/* A plain link: the address leads to another page. */}
          <a href={layerOfPath(artifact.digest, node.nodeIndex)} className="text-link">
            Open the layer that added it
          </a>
        </p>
      ) : null}
      <PathSection title="Dependency path" path={paths[0]} allHref={whyPath(artifact.digest, node)} hrefOf={hrefOf} />
      {children}
    </Panel>
  );
}
