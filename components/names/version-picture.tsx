import Link from "next/link";
import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { versionTime } from "#lib/display/version-words.ts";
import { versionMeasureLabel } from "#lib/exports/tables/versions.ts";
import type { NameVersion, VersionMeasure, VersionsAnswer } from "#lib/model/name-version.ts";
import { type PlacedVersion, placeVersionLine, type VersionLine } from "#lib/pictures/version-line.ts";

/** Versions up to which each step is wide enough for a key and a finger; the table below reaches all. */
const MAX_FOCUSABLE = 12;
/** Versions from which on points are too close for a rim. */
const MANY_POINTS = 16;
const PRECISE_DIGITS = 3;
/** Dates below the line. */
const MAX_DATES = 5;

/** Sizes as a line of steps, the newest at the right; below it what came in and went out. */
export function VersionPicture({ answer }: { answer: VersionsAnswer }) {
  const { measure } = answer;
  const versions = answer.versions.toReversed();
  if (versions.length < 2) return null;
  const line = placeVersionLine(versions);
  return (
    <section
      aria-label="Sizes of the versions, the oldest first. The table below has the same data."
      className="mt-5 grid grid-cols-[auto_1fr] gap-x-3 text-xs text-dim"
    >
      <Scale line={line} measure={measure} />
      <div className="relative h-52 border-b border-line-strong">
        {line.marks.map(({ size, y }) => (
          <span key={size} aria-hidden className="absolute inset-x-0 border-t border-line" style={{ top: `${y}%` }} />
        ))}
        <svg
          aria-hidden
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          <path d={line.path} fill="none" stroke="var(--accent)" strokeWidth="2" vectorEffect="non-scaling-stroke" />
        </svg>
        {versions.map((version, i) => (
          <Step
            key={`${version.digest} ${version.seenAt}`}
            version={version}
            placed={line.placed[i]!}
            answer={answer}
            count={versions.length}
          />
        ))}
      </div>
      {line.mostChanges === 0 ? null : <ChangeBars line={line} />}
      <Dates answer={answer} versions={versions} />
      <Legend line={line} measure={measure} />
    </section>
  );
}

/** With as many decimals as tell the marks apart. */
function formatMarks({ marks }: VersionLine, measure: VersionMeasure): string[] {
  const plain = marks.map(({ size }) => formatMeasure(size, measure));
  if (measure === "nodeCount" || new Set(plain).size === plain.length) return plain;
  return marks.map(({ size }) => formatPrecisely(size));
}

/** `1.324 MiB`. */
function formatPrecisely(size: number): string {
  const [, unit] = formatBytes(size).split(" ");
  const power = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"].indexOf(unit!);
  return `${(size / 1024 ** power).toFixed(power === 0 ? 0 : PRECISE_DIGITS)} ${unit}`;
}

function formatMeasure(size: number, measure: VersionMeasure): string {
  return measure === "nodeCount" ? formatCount(size) : formatBytes(size).replace(".0 ", " ");
}

function Scale({ line, measure }: { line: VersionLine; measure: VersionMeasure }) {
  const labels = formatMarks(line, measure);
  const widest = labels.reduce((a, b) => (a.length > b.length ? a : b), "");
  return (
    <div aria-hidden className="relative text-right tabular-nums">
      <span className="invisible">{widest}</span>
      {line.marks.map(({ size, y }, i) => (
        <span key={size} className="absolute right-0 -translate-y-1/2 whitespace-nowrap" style={{ top: `${y}%` }}>
          {labels[i]}
        </span>
      ))}
    </div>
  );
}

interface StepProps {
  readonly version: NameVersion;
  readonly placed: PlacedVersion;
  readonly answer: VersionsAnswer;
  /** Number of steps. */
  readonly count: number;
}

/** A step is a link over the whole height, with a point on the line. */
function Step({ version, placed: { x, y }, answer, count }: StepProps) {
  const title = stepTitle(version, answer);
  return (
    <Link
      href={artifactPath(version.digest)}
      prefetch={false}
      tabIndex={count > MAX_FOCUSABLE ? -1 : undefined}
      data-tip={title}
      className="absolute inset-y-0 -translate-x-1/2 hover:bg-shade"
      style={{ left: `${x}%`, width: `${100 / count}%` }}
    >
      <span className="sr-only">{title}</span>
      {y === undefined ? null : (
        <span
          aria-hidden
          className={`absolute left-1/2 -translate-x-1/2 -translate-y-1/2 rounded-full bg-accent ${count > MANY_POINTS ? "size-1.5" : "size-2 outline-2 outline-ground"}`}
          style={{ top: `${y}%` }}
        />
      )}
    </Link>
  );
}

/** `app:1.1, 2026-11-12: 120.0 MiB, +1.2 MiB; 3 in, 1 out, 2 updated`. */
function stepTitle(version: NameVersion, { scope, order, measure }: VersionsAnswer): string {
  const { names, id, size, delta, changes } = version;
  const name = scope === "repository" ? labelText(names[0]!) : id;
  const figure = size === null ? "size not known" : formatMeasure(size, measure);
  const change = delta === null || measure === "nodeCount" ? "" : `, ${formatDelta(delta)}`;
  const counted = changes === null ? "" : `; ${changes.added} in, ${changes.removed} out, ${changes.changed} updated`;
  return `${name}, ${formatDate(versionTime(version, order))}: ${figure}${change}${counted}`;
}

/** In UTC, as the table's hover texts. */
function formatDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The time of day, if all versions are of one day. */
function dateFormat(times: readonly number[]): (at: number) => string {
  const isOneDay = times.every((at) => formatDate(at) === formatDate(times[0]!));
  return isOneDay ? (at) => new Date(at).toISOString().slice(11, 16) : formatDate;
}

function ChangeBars({ line: { placed, mostChanges } }: { line: VersionLine }) {
  const width = `${Math.min(60 / placed.length, 4)}%`;
  return (
    <>
      <span aria-hidden className="self-center text-right tabular-nums">
        ±{formatCount(mostChanges)}
      </span>
      <div aria-hidden className="relative mt-3 h-20">
        <span className="absolute inset-x-0 top-1/2 border-t border-line-strong" />
        {placed.map(({ x, added, changed, removed }) => (
          <span key={x} className="absolute inset-y-0 -translate-x-1/2" style={{ left: `${x}%`, width }}>
            <span className="absolute inset-x-0 bg-(--side-right)" style={{ bottom: "50%", height: `${added / 2}%` }} />
            <span
              className="absolute inset-x-0 bg-(--side-changed)"
              style={{ bottom: `${50 + added / 2}%`, height: `${changed / 2}%` }}
            />
            <span className="absolute inset-x-0 bg-(--side-left)" style={{ top: "50%", height: `${removed / 2}%` }} />
          </span>
        ))}
      </div>
    </>
  );
}

function Dates({ answer: { order }, versions }: { answer: VersionsAnswer; versions: readonly NameVersion[] }) {
  const every = Math.ceil(versions.length / MAX_DATES);
  const format = dateFormat(versions.map((version) => versionTime(version, order)));
  return (
    <div aria-hidden className="relative col-start-2 h-6">
      {versions.map((version, i) =>
        i % every === 0 ? (
          <span
            key={`${version.digest} ${version.seenAt}`}
            className={`absolute top-1 -translate-x-1/2 whitespace-nowrap ${(i / every) % 2 === 1 ? "hidden sm:inline" : ""}`}
            style={{ left: `clamp(2rem, ${(100 * (i + 0.5)) / versions.length}%, calc(100% - 2rem))` }}
          >
            {format(versionTime(version, order))}
          </span>
        ) : null,
      )}
    </div>
  );
}

function Legend({ line, measure }: { line: VersionLine; measure: VersionMeasure }) {
  const { start, mostChanges } = line;
  return (
    <div className="col-span-2 mt-2 flex flex-wrap gap-x-5 gap-y-1">
      <span>
        Line: {versionMeasureLabel(measure).toLowerCase()}, one step per version, the newest at the right.
        {start === 0 ? "" : ` The axis begins at ${formatMarks(line, measure)[0]}.`}
      </span>
      {mostChanges === 0 ? null : (
        <>
          <span>Bars: components</span>
          <Key className="bg-(--side-right)">in</Key>
          <Key className="bg-(--side-changed)">updated</Key>
          <Key className="bg-(--side-left)">out</Key>
        </>
      )}
    </div>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`inline-block size-2.5 rounded-[2px] ${className}`} />
      {children}
    </span>
  );
}
