import { LayerLog } from "#components/artifact/layer-log.tsx";
import { KeptNodes } from "#components/artifact/node-table.tsx";
import { ClosureSizes, ImageSizes } from "#components/artifact/size-figures.tsx";
import { Waste } from "#components/artifact/waste-table.tsx";
import { ClosureBlock } from "#components/charts/closure-block.tsx";
import { DataTable, shown } from "#components/ui/data-table.tsx";
import { ResultHead } from "#components/ui/result-head.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { SUSPECT_COLUMNS } from "#lib/exports/tables/suspects.ts";
import type { ClosureAnswer, ImageFigures, MeasuredLabel } from "#lib/model/answer.ts";
import type { KeptSuspect } from "#lib/model/suspect.ts";

/** Nodes that a block draws, as on the artifact's own page. */
const DRAWN_NODES = 160;

/** The answer to "what does this consist of". Pure: an answer in, markup out. */
export function ClosureResult({ answer }: { answer: ClosureAnswer }) {
  const { artifacts, total, nodes, image } = answer;
  const [artifact] = artifacts;
  return (
    <>
      <ResultHead title={<Visible text={artifact.name} />}>
        {artifact.kind === "image" ? (
          <ImageSizes
            rootfsSize={total.bytes}
            layersContentSize={artifact.byteCount}
            wastedSize={artifact.byteCount - total.bytes}
            downloadSize={image?.sizes.downloadSize}
            nodeCount={total.nodes}
            layerCount={artifact.layers.length}
          />
        ) : (
          <ClosureSizes
            closureSize={total.bytes}
            rootsKnown={answer.rootsKnown}
            nodeCount={total.nodes}
            edgeCount={total.edges}
          />
        )}
      </ResultHead>
      <Picture answer={answer} />
      <KeptSuspects suspects={answer.suspects ?? []} />
      <Section
        id="components"
        title={artifact.kind === "image" ? "Components" : "Store items"}
        note={`${formatCounted(total.nodes, "node")}, by retained size`}
      >
        <KeptNodes nodes={nodes} total={total.nodes} />
      </Section>
      {image === undefined ? null : <Waste wasted={{ ...image.waste, rows: image.waste.files }} />}
    </>
  );
}

function KeptSuspects({ suspects }: { suspects: readonly KeptSuspect[] }) {
  if (suspects.length === 0) return null;
  const { name, retainedSize, share, accumulation, path } = SUSPECT_COLUMNS;
  return (
    <Section id="suspects" title="What keeps the most" note="a tenth or more, alone or together">
      <DataTable
        label="Suspects"
        rows={suspects}
        keyOf={({ nodes, family }) => `${family} ${nodes[0]}`}
        columns={[
          shown(name),
          shown(retainedSize),
          shown(share),
          shown(accumulation, { from: "md" }),
          shown(path, { from: "lg" }),
        ]}
      />
    </Section>
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

/** The column of an image's strata with its log, as on the image's page. */
function KeptLayers({ artifact: { layers, byteCount }, image }: { artifact: MeasuredLabel; image: ImageFigures }) {
  const listed = layers.map((layer, position) => {
    const { downloadSize, entryCount = 0, imageCount = 1 } = image.layers[position] ?? {};
    const { diffId, contentSize, wastedSize, createdBy } = layer;
    return { position, diffId, contentSize, wastedSize, createdBy, downloadSize, entryCount, imageCount };
  });
  return (
    <section aria-label="Layers" className="mt-8">
      <LayerLog layers={listed.toReversed()} bytes={byteCount} />
      <p className="mt-2 text-xs text-dim">
        Newest on top, thickness by content. Hatched: no container sees it. Coloured: other images had the layer too
        when the report was made.
      </p>
    </section>
  );
}
