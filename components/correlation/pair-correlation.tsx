import { Linked } from "#components/ui/linked.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { DiffAnswer } from "#lib/model/answer.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import { correlate } from "#lib/pictures/correlation/correlate.ts";
import type { Join } from "#lib/pictures/correlation/joins.ts";
import { type CorrelationPicture, PAIR, placeCorrelation } from "#lib/pictures/correlation/picture.ts";
import { placeLabels } from "#lib/pictures/place-labels.ts";
import { Correlation } from "./correlation.tsx";
import { CorrelationLegend } from "./legend.tsx";

const HEIGHT = PAIR.height;
const LABEL_HEIGHT = 32;
const JOIN_LABEL_HEIGHT = 18;
/** Maximum distance of a label from its stratum: its leader must be easy to follow. */
const REACH = 1.5 * LABEL_HEIGHT;
const LEADER_WIDTH = 32;

/** Two columns of strata with their bands, and beside each stratum the command that made it. */
export function PairCorrelation({ answer, names }: { answer: DiffAnswer; names: readonly string[] }) {
  const picture = placeCorrelation(correlate(answer), PAIR);
  const areAll = (wanted: "image" | "closure") => answer.artifacts.every(({ kind }) => kind === wanted);
  return (
    <>
      <Linked>
        <div className="grid grid-cols-2 gap-x-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,40rem)_minmax(0,1fr)]">
          <div className="hidden lg:block" />
          <div className="col-span-2 grid grid-cols-2 lg:col-span-1">
            <ColumnHead name={names[0]!} column={picture.columns[0]!} kind={answer.artifacts[0].kind} side="left" />
            <ColumnHead name={names[1]!} column={picture.columns[1]!} kind={answer.artifacts[1].kind} side="right" />
          </div>
          <div className="hidden lg:block" />
          {/* The picture's own grid row: labels at either side are at the height of their strata. */}
          <SideLabels picture={picture} column={0} />
          <div className="relative col-span-2 border-b border-line-strong lg:col-span-1">
            <Correlation picture={picture} label={`${labelText(names[0]!)} and ${labelText(names[1]!)}`} />
            {/* Items of closures are many and thin; a label on each would add nothing to the legend. */}
            {areAll("closure") ? null : <JoinLabels joins={picture.joins} />}
          </div>
          <SideLabels picture={picture} column={1} />
        </div>
      </Linked>
      <CorrelationLegend layers={areAll("image")} items={areAll("closure")} files={picture.likeness.length > 0} />
    </>
  );
}

const JOIN_WORDS = { chain: "stored once", moved: "equal, stored twice", like: "same files" } as const;

/** Labels in the middle of the thicker bands. */
function JoinLabels({ joins }: { joins: readonly Join[] }) {
  const thick = joins.filter((join) => thicknessOf(join) >= JOIN_LABEL_HEIGHT - 2);
  const placed = placeLabels(
    thick.map(({ from, to, bytes }) => ({ middle: (from.top + from.bottom + to.top + to.bottom) / 4, weight: bytes })),
    { space: HEIGHT, height: JOIN_LABEL_HEIGHT, reach: JOIN_LABEL_HEIGHT },
  );
  return (
    <ul aria-hidden className="pointer-events-none absolute inset-0 text-center text-2xs sm:text-xs">
      {placed.map(({ index, top }) => {
        const { kind, bytes } = thick[index]!;
        return (
          <li key={index} className="absolute inset-x-0 leading-4.5" style={{ top, height: JOIN_LABEL_HEIGHT }}>
            <span className="rounded-[3px] bg-ground/80 px-1.5 py-px whitespace-nowrap">
              {formatBytes(bytes)} <span className="text-dim">{JOIN_WORDS[kind]}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function thicknessOf({ from, to }: Join): number {
  return Math.min(from.bottom - from.top, to.bottom - to.top);
}

interface ColumnHeadProps {
  readonly name: string;
  readonly column: CorrelationPicture["columns"][number];
  readonly kind: DiffAnswer["artifacts"][number]["kind"];
  readonly side: "left" | "right";
}

/** An image's strata are its layers, whose bytes are more than what a container sees. */
function ColumnHead({ name, column: { bytes }, kind, side }: ColumnHeadProps) {
  return (
    <p className={`mb-2 min-w-0 text-[0.8125rem] leading-4.5 ${side === "right" ? "text-right" : ""}`}>
      <Visible text={name} className="font-medium break-words" />
      <span className="block text-xs text-dim">
        {formatBytes(bytes)} {kind === "image" ? "in layers" : "in store items"}
      </span>
    </p>
  );
}

/** Labels of the strata, if there is room nearby: the thick ones first, each with a leader. */
function SideLabels({ picture: { columns, placed: sides }, column }: { picture: CorrelationPicture; column: 0 | 1 }) {
  const { strata } = columns[column]!;
  const { bands } = sides[column]!;
  const middleOf = (i: number) => bands[i]!.top + bands[i]!.height / 2;
  const placed = placeLabels(
    strata.map((stratum, i) => ({ middle: middleOf(i), weight: stratum.bytes })),
    { space: HEIGHT, height: LABEL_HEIGHT, reach: REACH },
  );
  const right = column === 1;
  return (
    <div className="relative hidden lg:block" style={{ height: HEIGHT }} aria-hidden>
      <ul className="text-xs">
        {placed.map(({ index, top }) => {
          const { key, title } = strata[index]!;
          const [head = "", command = ""] = splitTitle(title);
          return (
            <li
              key={index}
              data-twin={key}
              className={`absolute w-full leading-4 ${right ? "pr-4" : "pl-4 text-right"}`}
              style={{ top, height: LABEL_HEIGHT }}
            >
              <span className="block truncate text-dim">{head}</span>
              <span className="block truncate font-mono text-2xs">{tidyCreatedBy(command)}</span>
            </li>
          );
        })}
      </ul>
      <svg
        width={LEADER_WIDTH}
        height={HEIGHT}
        className={`absolute top-0 overflow-visible ${right ? "right-full" : "left-full"}`}
        aria-hidden="true"
      >
        {placed.map(({ index, top }) => (
          <path
            key={index}
            data-twin={strata[index]!.key}
            d={leaderPath(top + LABEL_HEIGHT / 2, middleOf(index), right)}
            fill="none"
            stroke="var(--line-strong)"
          />
        ))}
      </svg>
    </div>
  );
}

/** From a label to its stratum across the gap, with a short horizontal piece at either end. */
function leaderPath(label: number, stratum: number, right: boolean): string {
  const xs = [6, 11, LEADER_WIDTH - 7, LEADER_WIDTH - 1].map((x) => (right ? LEADER_WIDTH - x : x));
  return `M${xs[0]} ${label}H${xs[1]}L${xs[2]} ${stratum}H${xs[3]}`;
}

function splitTitle(title: string): string[] {
  const at = title.indexOf(" · ");
  return at === -1 ? [title] : [title.slice(0, at), title.slice(at + 3)];
}
