import { Bytes } from "#components/ui/bytes.tsx";
import { Measure } from "#components/ui/measure.tsx";
import { Section } from "#components/ui/section.tsx";
import { Cell, CutRow, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { ClosureAnswer } from "#lib/model/answer.ts";

/** Rows that a stored report shows; its exports have all it holds. */
const REPORT_ROWS = 200;

/** The answer to "what is this made of". Pure: an answer in, markup out. */
export function ClosureResult({ answer: { artifacts, total, nodes } }: { answer: ClosureAnswer }) {
  const [artifact] = artifacts;
  const cut = total.nodes - Math.min(nodes.length, REPORT_ROWS);
  return (
    <>
      <h1 className="text-2xl font-medium tracking-tight break-words">
        <Visible text={artifact.name} />
      </h1>
      <dl className="mt-5 flex flex-wrap gap-x-10 gap-y-4">
        <Measure
          name={artifact.kind === "image" ? "rootfsSize" : "closureSize"}
          value={total.bytes}
          leading
          note={`${formatCounted(total.nodes, "node")}, ${formatCounted(total.edges, "edge")}`}
        />
      </dl>
      <Section id="nodes" title="What it is made of" note="by retained size">
        <TableFrame label="Nodes">
          <thead>
            <tr>
              <Heading>Name</Heading>
              <Heading align="right">Self</Heading>
              <Heading align="right">Closure</Heading>
              <Heading align="right">Retained</Heading>
            </tr>
          </thead>
          <tbody>
            {nodes.slice(0, REPORT_ROWS).map((node) => (
              <tr key={node.id}>
                <Cell>
                  <Visible text={node.name} /> <span className="text-dim">{node.version}</span>
                  {node.live ? null : <span className="text-dim"> dead</span>}
                </Cell>
                <Cell align="right">
                  <Bytes value={node.selfSize} />
                </Cell>
                <Cell align="right">
                  <Bytes value={node.closureSize} />
                </Cell>
                <Cell align="right">
                  <Bytes value={node.retainedSize} />
                </Cell>
              </tr>
            ))}
            {cut > 0 ? <CutRow columns={4}>{formatCounted(cut, "more node")}</CutRow> : null}
          </tbody>
        </TableFrame>
      </Section>
    </>
  );
}
