import { Bytes, Count } from "#components/ui/bytes.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Cell, Heading, TableFrame } from "#components/ui/table.tsx";
import { formatSaving } from "#lib/display/delta.ts";
import type { RungFigure, SavingsAnswer } from "#lib/model/answer.ts";

/** What keeps bytes once at each grain (MEASURES.md). */
const KEPT_BY: Readonly<Record<RungFigure["rung"], string>> = {
  unshared: "a disk image for each",
  chain: "overlay2, containerd: layers on a disk",
  layer: "a registry: layers in any order",
  live: "layers without what nobody sees",
  package: "a Guix or Nix store, layers cut by package",
  file: "composefs, ostree, zstd:chunked",
  chunk: "casync, attic, Nydus",
};

/** The rungs with their bytes, and what each saves against layers on a disk and in a registry. */
export function LadderTable({ rungs }: { rungs: readonly RungFigure[] }) {
  const bytesOf = (name: RungFigure["rung"]) => rungs.find(({ rung }) => rung === name)?.bytes ?? 0;
  const [chain, layer] = [bytesOf("chain"), bytesOf("layer")];
  return (
    <TableFrame label="The ladder">
      <thead>
        <tr>
          <Heading>Shared by</Heading>
          <Heading className="hidden md:table-cell">What keeps it so</Heading>
          <Heading align="right">Needed</Heading>
          <Heading align="right">
            Against <MeasureLabel name="chain">chain</MeasureLabel>
          </Heading>
          <Heading align="right">
            Against <MeasureLabel name="layer">layer</MeasureLabel>
          </Heading>
          <Heading align="right" className="hidden sm:table-cell">
            Units
          </Heading>
        </tr>
      </thead>
      <tbody>
        {rungs.map(({ rung, bytes, units, estimated }) => (
          <tr key={rung} className="hover:bg-shade">
            <Cell>
              <MeasureLabel name={rung}>{rung === "unshared" ? "nothing" : rung}</MeasureLabel>
            </Cell>
            <Cell className="hidden text-dim md:table-cell">{KEPT_BY[rung]}</Cell>
            <Cell align="right">
              <Bytes value={bytes} estimated={estimated} />
            </Cell>
            <Cell align="right">
              <Saving bytes={bytes} against={chain} plain={rung === "unshared"} />
            </Cell>
            <Cell align="right">
              <Saving bytes={bytes} against={layer} plain={rung === "unshared" || rung === "chain"} />
            </Cell>
            <Cell align="right" className="hidden sm:table-cell">
              <Count value={units} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

interface SavingProps {
  readonly bytes: number;
  readonly against: number;
  /** True where more is no surprise: a coarser grain than what it is held against. */
  readonly plain: boolean;
}

function Saving({ bytes, against, plain }: SavingProps) {
  const look = bytes === against || (plain && bytes > against) ? "text-dim" : bytes > against ? "text-warn" : "";
  return <span className={look}>{formatSaving(bytes, against)}</span>;
}

/** The same on the wire. */
export function DownloadTable({ download }: { download: SavingsAnswer["download"] }) {
  const unique = download.find(({ rung }) => rung === "blob")?.bytes ?? null;
  return (
    <TableFrame label="The ladder on the wire">
      <thead>
        <tr>
          <Heading>Shared by</Heading>
          <Heading align="right">
            <MeasureLabel name="downloadLadder">Downloaded</MeasureLabel>
          </Heading>
          <Heading align="right">Against blob</Heading>
        </tr>
      </thead>
      <tbody>
        {download.map(({ rung, bytes, estimated }) => (
          <tr key={rung} className="hover:bg-shade">
            <Cell>
              {rung === "unshared" ? "nothing" : rung}{" "}
              <span className="text-xs text-dim">
                {bytes === null ? "not known" : estimated ? "estimated" : "measured"}
              </span>
            </Cell>
            <Cell align="right" className="whitespace-nowrap">
              {bytes === null ? <Unknown /> : <Bytes value={bytes} estimated={estimated} />}
            </Cell>
            <Cell align="right">
              {bytes === null || unique === null ? (
                <Unknown />
              ) : (
                <Saving bytes={bytes} against={unique} plain={rung === "unshared"} />
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

function Unknown() {
  return <span className="text-dim">–</span>;
}
