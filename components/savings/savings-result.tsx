import type { ReactNode } from "react";
import { LadderChart } from "#components/charts/ladder.tsx";
import { ByDownload } from "#components/ui/by-download.tsx";
import { Measure, MeasureLabel } from "#components/ui/measure.tsx";
import { ResultHead } from "#components/ui/result-head.tsx";
import { Section } from "#components/ui/section.tsx";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { byDownloadNote } from "#lib/display/by-download.ts";
import { formatBytes, formatCounted, formatKnown, formatShare } from "#lib/display/bytes.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import { isByDownload } from "#lib/model/artifact-label.ts";
import type { Rung } from "#lib/model/rung.ts";
import { DownloadTable, LadderTable } from "./ladder-table.tsx";
import { MarginalTable } from "./marginal-table.tsx";
import { Penalty } from "./penalty.tsx";

interface SavingsResultProps {
  readonly answer: SavingsAnswer;
  readonly share?: ReactNode;
  /** Downloads of the tables; a stored report has its own. */
  readonly tools?: { readonly ladder: ReactNode; readonly marginal: ReactNode };
}

/** The complete answer to "what would sharing save". Pure: an answer in, markup out. */
export function SavingsResult({ answer, share, tools }: SavingsResultProps) {
  const names = nameArtifacts(answer.artifacts);
  const note = byDownloadNote(answer.artifacts);
  return (
    <>
      <SavingsHead answer={answer} share={share} />
      <ByDownload note={note} />
      <div className="mt-10 grid gap-x-14 gap-y-12 xl:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
        <Ladder id="ladder" title={note === undefined ? "On a disk" : "By bytes to download"} tools={tools?.ladder}>
          <KnownLadder figures={answer.rungs} label="Bytes needed, from nothing shared to the finest grain." />
          <LadderTable rungs={answer.rungs} />
        </Ladder>
        {note !== undefined ? null : (
          <Ladder id="download" title="On the wire">
            <KnownLadder figures={answer.download} label="Bytes downloaded, from all blobs to chunks." />
            <DownloadTable download={answer.download} />
          </Ladder>
        )}
      </div>
      {note === undefined ? <Estimates answer={answer} /> : null}
      <Section
        id="order"
        title="Order penalty"
        note={answer.orderPenalty === 0 ? "none" : formatKnown(answer.orderPenalty)}
      >
        <Penalty answer={answer} names={names} />
      </Section>
      {answer.artifacts.length < 2 ? null : (
        <Section
          id="marginal"
          title="Added cost"
          note={
            <>
              <MeasureLabel name="marginal">marginal bytes</MeasureLabel> on a host that already has the others
            </>
          }
          tools={tools?.marginal}
        >
          <MarginalTable rungs={answer.rungs} names={names} />
        </Section>
      )}
    </>
  );
}

interface Figure {
  readonly rung: Rung;
  readonly bytes: number | null;
  readonly estimated: boolean;
}

type KnownFigure = Figure & { readonly bytes: number };

/** The rungs as bars, without those of unknown bytes, of which a line says why. */
function KnownLadder({ figures, label }: { figures: readonly Figure[]; label: string }) {
  const known = figures.filter(isKnown);
  return (
    <div>
      {known.length === 0 ? null : <LadderChart bars={known} label={`${label} The table below has the same data.`} />}
      {known.length === figures.length ? null : (
        <p className="mt-2 text-xs text-dim">
          Incomplete: what a registry would send of an artifact is not known. It comes from a store, or from an archive
          with uncompressed layers.
        </p>
      )}
    </div>
  );
}

function isKnown<Row extends Figure>(figure: Row): figure is Row & KnownFigure {
  return figure.bytes !== null;
}

interface LadderProps {
  readonly id: string;
  readonly title: string;
  readonly tools?: ReactNode;
  /** A picture, and the same as a table. */
  readonly children: ReactNode;
}

function Ladder({ id, title, tools, children }: LadderProps) {
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-6">
      <div className="-mb-4 flex items-baseline justify-between gap-4 text-[0.8125rem]">
        <h2 id={id} className="text-base font-medium tracking-tight">
          {title}
        </h2>
        {tools}
      </div>
      {children}
    </section>
  );
}

/** The main figure, and the two it is compared with. */
function SavingsHead({ answer, share }: Pick<SavingsResultProps, "answer" | "share">) {
  const { artifacts, rungs, orderPenalty } = answer;
  const known = rungs.filter(isKnown);
  const figureOf = (name: Rung) => known.find(({ rung }) => rung === name);
  const [unshared, chain, layer, file] = (["unshared", "chain", "layer", "file"] as const).map(figureOf);
  const closures = artifacts.every(({ kind }) => kind === "closure");
  const isDownload = isByDownload(artifacts);
  const base = isDownload ? "by chain" : "a disk";
  const penalty = orderPenalty ? `${formatBytes(orderPenalty)} less than ${base}` : "the same layers";
  const chainLabel = isDownload ? "By chain" : closures ? "In one store" : "As layers on a disk";
  const layerLabel = isDownload ? "By layer" : "As layers in a registry";
  const heads = [
    { figure: chain, label: chainLabel, note: saved(chain, unshared) },
    { figure: closures ? undefined : layer, label: layerLabel, note: penalty },
    { figure: file, label: "As unique files", note: saved(file, chain) },
  ];
  const title = `${isDownload ? "Downloads" : "Storage"} needed by ${formatCounted(artifacts.length, "artifact")}`;
  return (
    <ResultHead title={title} actions={share}>
      {heads.map(({ figure, label, note }) =>
        figure === undefined ? null : (
          <Measure
            key={label}
            name={figure.rung}
            label={label}
            value={figure.bytes}
            estimated={figure.estimated}
            note={note}
          />
        ),
      )}
    </ResultHead>
  );
}

function saved(figure: KnownFigure | undefined, against: KnownFigure | undefined): string | undefined {
  if (figure === undefined || against === undefined || against.bytes === 0) return undefined;
  const less = against.bytes - figure.bytes;
  const words = against.rung === "unshared" ? "without sharing" : `shared by ${against.rung}`;
  if (less === 0) return `as much as ${words}`;
  return `${formatShare(Math.abs(less), against.bytes)} ${less > 0 ? "less" : "more"} than ${words}`;
}

function Estimates({ answer: { rungs } }: { answer: SavingsAnswer }) {
  const chunk = rungs.find(({ rung }) => rung === "chunk");
  const parts = ["Hatched bars are estimates: parts of a blob are assumed to compress like their layer."];
  if (chunk?.estimated === true) parts.push("Files not yet cut count as one chunk: run ./stratigraph chunks.");
  if (rungs.some(({ rung, estimated }) => rung === "file" && estimated))
    parts.push("Store items whose files were not read count as one file each: scan the store with --files.");
  return <p className="mt-4 max-w-3xl text-xs text-dim">{parts.join(" ")}</p>;
}
