import { Bytes } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Cell, CutRow, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { ClosureAnswer } from "#lib/model/answer.ts";
import { shortDigest } from "#lib/model/short-digest.ts";

/** Rows that a stored report shows; its exports have all it holds. */
const SHOWN = 200;
const COLUMNS = 4;

type Node = ClosureAnswer["nodes"][number];

/** The nodes of a stored answer, those that retain most. `total`: all the artifact had. */
export function KeptNodes({ nodes, total }: { nodes: readonly Node[]; total: number }) {
  const shown = nodes.slice(0, SHOWN);
  const cut = total - shown.length;
  return (
    <TableFrame label="Components">
      <thead>
        <tr>
          <Heading>Name</Heading>
          <Heading align="right">
            <MeasureLabel name="selfSize" />
          </Heading>
          <Heading align="right" className="hidden sm:table-cell">
            <MeasureLabel name="closureSize" />
          </Heading>
          <Heading align="right">
            <MeasureLabel name="retainedSize" />
          </Heading>
        </tr>
      </thead>
      <tbody>
        {shown.map((node) => (
          <KeptNode key={node.id} node={node} />
        ))}
        {cut > 0 ? <CutRow columns={COLUMNS}>{formatCounted(cut, "more node")}</CutRow> : null}
      </tbody>
    </TableFrame>
  );
}

function KeptNode({ node: { id, kind, name, version, selfSize, closureSize, retainedSize, live } }: { node: Node }) {
  return (
    <tr className="hover:bg-shade">
      <Cell className="max-w-0 min-w-40 sm:w-[60%]">
        <span className="flex items-center gap-2">
          <KindMark kind={kind} />
          <span className="min-w-0 truncate" data-tip={labelText(id)}>
            <Visible text={name} />{" "}
            <span className="text-dim">
              <Visible text={version.startsWith("sha256:") ? shortDigest(version) : version} />
              {live ? null : " dead"}
            </span>
          </span>
        </span>
      </Cell>
      <Cell align="right">
        <Bytes value={selfSize} />
      </Cell>
      <Cell align="right" className="hidden sm:table-cell">
        <Bytes value={closureSize} />
      </Cell>
      <Cell align="right">
        <Bytes value={retainedSize} />
      </Cell>
    </tr>
  );
}
