import { Amount } from "#components/ui/amount.tsx";
import { Bytes, Delta } from "#components/ui/bytes.tsx";
import { KindLabel, SideMark } from "#components/ui/marks.tsx";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { Figure, Measure, MeasureLabel } from "#components/ui/measure.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount } from "#lib/display/bytes.ts";
import { nodeText, whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES } from "#lib/display/sides.ts";
import { formatVersionChange } from "#lib/display/version-change.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { ComparedDetail, ComparedNeighbour, ComparedNode } from "#lib/views/compare-graph.ts";
import { comparedText, foundAddress, type GraphState } from "./graph-address.ts";
import { Panel } from "./graph-frame.tsx";
import { NodeSection, PathSection } from "./neighbours.tsx";

interface ComparedPanelProps {
  readonly detail: ComparedDetail;
  /** Digests of the two artifacts. */
  readonly digests: { readonly left: string; readonly right: string };
  readonly unit: MeasureUnit;
  readonly state: GraphState;
}

/** The selected component: its version and dependency path on either side, and its edges on both. */
export function ComparedPanel({ detail, digests, unit, state }: ComparedPanelProps) {
  const { node, references, referrers } = detail;
  return (
    <Panel
      label={`Component ${node.name}`}
      title={<Visible text={node.name} />}
      facts={
        <>
          <span className="inline-flex items-center gap-1.5 text-ink">
            <SideMark side={node.side} /> {SIDES[node.side].label}
          </span>
          <KindLabel kind={node.kind} />
        </>
      }
      state={state}
    >
      <Versions node={node} unit={unit} />
      <dl className="mt-4 flex flex-wrap gap-x-7 gap-y-2">
        {unit === "bytes" ? (
          <Measure name="retainedChange" value={node.retainedChange} small />
        ) : (
          <Figure label={<MeasureLabel name="changesBelow" />} small>
            {formatCount(node.retainedChange)}
          </Figure>
        )}
      </dl>
      <CameIn detail={detail} digests={digests} state={state} />
      <ComparedList title="Needs" of={node} list={references} unit={unit} state={state} none="It needs nothing." />
      <ComparedList title="Needed by" of={node} list={referrers} unit={unit} state={state} none="Nothing needs it." />
    </Panel>
  );
}

function Versions({ node, unit }: { node: ComparedNode; unit: MeasureUnit }) {
  return (
    <table className="mt-3 text-[0.8125rem]">
      <tbody>
        {(["left", "right"] as const).map((side) => {
          const held = node[side];
          return (
            <tr key={side}>
              <th scope="row" className="pr-4 text-left font-normal text-dim">
                {side}
              </th>
              <td className="max-w-52 truncate pr-5">
                {held === null ? (
                  <span className="text-dim">not present</span>
                ) : (
                  <span data-tip={labelText(held.id)}>
                    <Visible text={held.version === "" ? "there" : held.version} />
                  </span>
                )}
              </td>
              {unit === "bytes" ? (
                <td className="text-right">{held === null ? null : <Bytes value={held.bytes} />}</td>
              ) : null}
            </tr>
          );
        })}
        {unit === "bytes" ? <DeltaRow node={node} /> : null}
      </tbody>
    </table>
  );
}

function DeltaRow({ node }: { node: ComparedNode }) {
  return (
    <tr>
      <th scope="row" className="pr-4 text-left font-normal text-dim">
        <MeasureLabel name="delta" />
      </th>
      <td />
      <td className="text-right font-medium">
        <Delta value={(node.right?.bytes ?? 0) - (node.left?.bytes ?? 0)} />
      </td>
    </tr>
  );
}

/** The path on either side; only one if it is the same. */
function CameIn({ detail: { left, right }, digests, state }: Omit<ComparedPanelProps, "unit">) {
  const same = left !== undefined && right !== undefined && pathKey(left) === pathKey(right);
  const sectionOf = (title: string, { path, nodeIndex }: ComparedPath, digest: string) => (
    <PathSection
      title={title}
      path={path}
      allHref={whyPath(digest, nodeIndex)}
      hrefOf={(other) => foundAddress(state, nodeText(other))}
    />
  );
  return (
    <>
      {left === undefined || same ? null : sectionOf("Dependency path on the left", left, digests.left)}
      {right === undefined
        ? null
        : sectionOf(`Dependency path on ${same ? "both sides" : "the right"}`, right, digests.right)}
    </>
  );
}

type ComparedPath = NonNullable<ComparedDetail["left"]>;

function pathKey({ path }: ComparedPath): string {
  return (path ?? []).map(({ node }) => node.nodeIndex).join(" ");
}

interface ComparedListProps {
  readonly title: string;
  readonly of: ComparedNode;
  readonly list: ComparedDetail["references"];
  readonly unit: MeasureUnit;
  readonly state: GraphState;
  /** Shown if the list is empty. */
  readonly none: string;
}

function ComparedList({ title, of, list, unit, state, none }: ComparedListProps) {
  return (
    <NodeSection
      title={title}
      list={list}
      measure={<MeasureLabel name={unit === "bytes" ? "retainedChange" : "changesBelow"} />}
      none={none}
      noun="component"
    >
      {list.rows.map((neighbour) => (
        <li key={neighbour.node.row} className="border-b border-line py-1.5 last:border-0">
          <RowLink href={foundAddress(state, comparedText(neighbour.node))} className="text-[0.8125rem]">
            <ComparedRow node={neighbour.node} unit={unit} edge={tellingEdge(of, neighbour)} />
          </RowLink>
        </li>
      ))}
    </NodeSection>
  );
}

/** Which side has the reference, if that is not obvious: both ends exist on both sides. */
function tellingEdge(of: ComparedNode, { node, edge }: ComparedNeighbour): ComparedNeighbour["edge"] | undefined {
  const oneSided = [of, node].some(({ left, right }) => left === null || right === null);
  return oneSided || edge === "both" ? undefined : edge;
}

interface ComparedRowProps {
  readonly node: ComparedNode;
  readonly unit: MeasureUnit;
  /** Which side has the reference, if only one does. */
  readonly edge?: ComparedNeighbour["edge"];
}

export function ComparedRow({ node, unit, edge }: ComparedRowProps) {
  return (
    <>
      <SideMark side={node.side} label={SIDES[node.side].label} />
      <span className="min-w-0 flex-1 truncate">
        <Visible text={node.name} />{" "}
        <Visible text={formatVersionChange(node.versionBefore, node.version)} className="text-dim" />
      </span>
      {edge === undefined ? null : <span className="shrink-0 text-xs text-dim">reference only {edge}</span>}
      <Amount value={node.retainedChange} unit={unit} />
    </>
  );
}
