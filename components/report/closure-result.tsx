import type { ReactNode } from "react";
import { KeptNodes } from "#components/artifact/node-table.tsx";
import { ClosureBlock } from "#components/charts/closure-block.tsx";
import { Measure } from "#components/ui/measure.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { MeasureName } from "#lib/display/measures.ts";
import { toReportFigures } from "#lib/exports/report-figures.ts";
import type { ClosureAnswer } from "#lib/model/answer.ts";
import { KeptLayers, KeptWaste } from "./image-parts.tsx";

/** Nodes that a block draws, as on the artifact's own page. */
const DRAWN_NODES = 160;

/** The answer to "what is this made of". Pure: an answer in, markup out. */
export function ClosureResult({ answer }: { answer: ClosureAnswer }) {
  const { artifacts, total, nodes, image } = answer;
  const [artifact] = artifacts;
  return (
    <>
      <h1 className="text-2xl font-medium tracking-tight break-words">
        <Visible text={artifact.name} />
      </h1>
      <dl className="mt-5 flex flex-wrap items-start gap-x-10 gap-y-4">
        {artifact.kind === "image" ? <ImageFigures answer={answer} /> : <ClosureFigures answer={answer} />}
      </dl>
      <Picture answer={answer} />
      <Section
        id="components"
        title={artifact.kind === "image" ? "Components" : "Store items"}
        note={`${formatCounted(total.nodes, "node")}, by retained size`}
      >
        <KeptNodes nodes={nodes} total={total.nodes} />
      </Section>
      {image === undefined ? null : <KeptWaste image={image} />}
    </>
  );
}

function Picture({ answer: { artifacts, nodes, total, image } }: { answer: ClosureAnswer }) {
  if (image !== undefined) return <KeptLayers artifact={artifacts[0]} image={image} />;
  if (nodes.length === 0) return null;
  const drawn = nodes.slice(0, DRAWN_NODES).map((node, nodeIndex) => {
    return { ...node, nodeIndex, dominator: node.dominator ?? -1 };
  });
  return (
    <div className="mt-8">
      <ClosureBlock nodes={drawn} bytes={total.bytes} itemCount={total.nodes} />
    </div>
  );
}

function ImageFigures({ answer }: { answer: ClosureAnswer }) {
  const [{ byteCount, layers }] = answer.artifacts;
  const notes: Partial<Record<MeasureName, string>> = {
    rootfsSize: formatCounted(answer.total.nodes, "component"),
    layersContentSize: formatCounted(layers.length, "layer"),
  };
  const ofLayers = (bytes: number) => (bytes === 0 ? "none" : `${formatShare(bytes, byteCount)} of the layers`);
  return toReportFigures(answer).map(({ measure, bytes }) => (
    <Measure key={measure} name={measure} value={bytes} leading note={notes[measure] ?? ofLayers(bytes)} />
  ));
}

function ClosureFigures({ answer: { total, rootsKnown = true } }: { answer: ClosureAnswer }) {
  const note = rootsKnown ? undefined : "no collector's root is known: measured as a whole";
  return (
    <>
      <Measure name="closureSize" value={total.bytes} leading note={note} />
      <Counted name="Store items">{formatCount(total.nodes)}</Counted>
      <Counted name="References">{formatCount(total.edges)}</Counted>
    </>
  );
}

function Counted({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-xs text-dim">{name}</dt>
      <dd className="text-2xl font-medium tracking-tight">{children}</dd>
    </div>
  );
}
