import { Bytes } from "#components/ui/bytes.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { SideMark } from "#components/ui/side-mark.tsx";
import { Cell, CutRow, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { layerColour, uniqueLayerColour } from "#lib/display/colours.ts";
import { tidyCreatedBy } from "#lib/display/created-by.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import type { DiffAnswer, LayerChange, LayerChangeKind } from "#lib/model/answer.ts";
import { shortDigest } from "#lib/model/short-digest.ts";

type LayersOf = Pick<DiffAnswer, "artifacts" | "layers">;

/** Layers listed at most. Two images of ordinary size have fewer; the CSV has all. */
const MAX_ROWS = 80;

/** The layers of both images: the common prefix, equal ones elsewhere, and what only one has. The newest on top, as in the picture. */
export function LayerMatchTable({ answer }: { answer: LayersOf }) {
  return (
    <TableFrame label="Layers of both images">
      <thead>
        <tr>
          <Heading>Match</Heading>
          <Heading align="right">Left</Heading>
          <Heading align="right">Right</Heading>
          <Heading align="right">
            <MeasureLabel name="contentSize" />
          </Heading>
          <Heading className="hidden sm:table-cell">Made by</Heading>
          <Heading align="right" className="hidden lg:table-cell">
            DiffID
          </Heading>
        </tr>
      </thead>
      <tbody>
        {sortLayers(answer.layers)
          .slice(0, MAX_ROWS)
          .map((row) => (
            <LayerRow key={`${row.left} ${row.right}`} row={row} answer={answer} />
          ))}
        {answer.layers.length > MAX_ROWS ? (
          <CutRow columns={6}>{formatCounted(answer.layers.length - MAX_ROWS, "more layer")} not listed</CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}

/** Highest first: what only one side has, then what stands elsewhere, then the common prefix at the bottom. */
function sortLayers(layers: readonly LayerChange[]): LayerChange[] {
  const rank = { added: 0, removed: 0, moved: 1, same: 2 };
  return layers.toSorted((a, b) => rank[a.change] - rank[b.change] || heightOf(b) - heightOf(a));
}

function heightOf({ left, right }: LayerChange): number {
  return Math.max(left ?? -1, right ?? -1);
}

function LayerRow({ row, answer }: { row: LayerChange; answer: LayersOf }) {
  const { left, right, change, contentSize, diffId } = row;
  const [first, second] = answer.artifacts;
  const made = tidyCreatedBy((left === null ? second.layers[right!] : first.layers[left])?.createdBy ?? "");
  return (
    <tr className="hover:bg-shade">
      <Cell className="whitespace-nowrap">
        <span className="inline-flex items-center gap-2">
          <SideMark side={SIDE_OF_CHANGE[change]} />
          {LAYER_WORDS[change]}
        </span>
      </Cell>
      <Cell align="right" className="text-dim">
        {left ?? ""}
      </Cell>
      <Cell align="right" className="text-dim">
        {right ?? ""}
      </Cell>
      <Cell align="right">
        <Bytes value={contentSize} />
      </Cell>
      <Cell className="hidden max-w-0 sm:table-cell sm:w-[55%]">
        <span className="flex items-center gap-2" data-tip={made === "" ? undefined : labelText(made)}>
          <span
            aria-hidden
            className="size-2.5 shrink-0 rounded-[2px] outline-1 -outline-offset-1 outline-(--stratum-edge)"
            style={{
              background: left === null || right === null ? uniqueLayerColour(heightOf(row)) : layerColour(diffId),
            }}
          />
          <span className="truncate font-mono text-xs">
            {made === "" ? <span className="font-sans text-dim">the image does not say</span> : <Visible text={made} />}
          </span>
        </span>
      </Cell>
      <Cell align="right" className="hidden w-28 lg:table-cell">
        <CopyText text={diffId} what="DiffID" className="font-mono text-xs text-dim">
          {shortDigest(diffId)}
        </CopyText>
      </Cell>
    </tr>
  );
}

const LAYER_WORDS: Readonly<Record<LayerChangeKind, string>> = {
  same: "same place",
  moved: "same, on other layers",
  removed: "only left",
  added: "only right",
};
