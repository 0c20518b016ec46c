import Link from "next/link";
import { Bytes, Delta } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { SideMark } from "#components/ui/side-mark.tsx";
import { Cell, CutRow, Heading, SortHeading, type SortLink, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import type { ChangeSort } from "#lib/display/component-changes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import type { MeasureName } from "#lib/display/measures.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import type { ArtifactLabel, ComponentChange, ComponentVersion } from "#lib/model/answer.ts";
import { shortDigest } from "#lib/model/short-digest.ts";

interface ComponentChangeTableProps {
  readonly artifacts: readonly [ArtifactLabel, ArtifactLabel];
  /** As they are to be listed. */
  readonly rows: readonly ComponentChange[];
  readonly limit: number;
  /** Without them the headings are plain: a stored report sorts no address. */
  readonly sortBy?: (sort: ChangeSort) => SortLink;
  readonly moreHref?: string | undefined;
  /** Whether rows lead to the artifacts' pages, which a stored report may outlive. */
  readonly linked?: boolean;
}

const COLUMNS = 6;
/** Characters of a store item's hash. */
const SHOWN_HASH = 8;

/** Components of both sides, a row each, with what changed. */
export function ComponentChangeTable(props: ComponentChangeTableProps) {
  const { artifacts, rows, limit, sortBy, moreHref, linked = true } = props;
  const shown = rows.slice(0, limit);
  const cut = rows.slice(limit);
  const widest = Math.max(1, ...shown.map((row) => Math.abs(row.delta)));
  return (
    <TableFrame label="Components on both sides">
      <thead>
        <tr>
          <ChangeHeading sort="name" sortBy={sortBy}>
            Component
          </ChangeHeading>
          <Heading className="hidden md:table-cell">Left version</Heading>
          <Heading className="hidden md:table-cell">Right version</Heading>
          <ChangeHeading sort="left" measure="selfSize" sortBy={sortBy} right hidden>
            Left
          </ChangeHeading>
          <ChangeHeading sort="right" measure="selfSize" sortBy={sortBy} right hidden>
            Right
          </ChangeHeading>
          <ChangeHeading sort="impact" measure="delta" sortBy={sortBy} right />
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <ChangeRow key={rowKey(row)} row={row} artifacts={artifacts} widest={widest} linked={linked} />
        ))}
        {rows.length === 0 ? <CutRow columns={COLUMNS}>No component matches the filter.</CutRow> : null}
        {cut.length > 0 ? (
          <CutRow columns={COLUMNS} href={moreHref}>
            {formatCounted(cut.length, "more component")}, together{" "}
            {formatDelta(cut.reduce((sum, row) => sum + row.delta, 0))}
          </CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}

function rowKey({ left, right }: ComponentChange): string {
  return `${left?.id ?? ""} ${right?.id ?? ""}`;
}

interface ChangeHeadingProps {
  readonly sort: ChangeSort;
  readonly measure?: MeasureName;
  readonly sortBy: ComponentChangeTableProps["sortBy"];
  readonly right?: boolean;
  readonly hidden?: boolean;
  readonly children?: React.ReactNode;
}

function ChangeHeading({ sort, measure, sortBy, right = false, hidden = false, children }: ChangeHeadingProps) {
  const align = right ? "right" : "left";
  const className = hidden ? "hidden sm:table-cell" : "";
  if (sortBy === undefined)
    return (
      <Heading align={align} className={className}>
        {measure === undefined ? children : <MeasureLabel name={measure}>{children}</MeasureLabel>}
      </Heading>
    );
  return (
    <SortHeading sort={sortBy(sort)} measure={measure} align={align} className={className}>
      {children}
    </SortHeading>
  );
}

interface ChangeRowProps {
  readonly row: ComponentChange;
  readonly artifacts: readonly [ArtifactLabel, ArtifactLabel];
  readonly widest: number;
  readonly linked: boolean;
}

function ChangeRow({ row, artifacts, widest, linked }: ChangeRowProps) {
  const { change, kind, name, left, right } = row;
  const rebuilt = change === "changed" && left?.version === right?.version;
  const hrefs = {
    left: linked && left !== null ? whyHref(artifacts[0], left) : undefined,
    right: linked && right !== null ? whyHref(artifacts[1], right) : undefined,
  };
  return (
    <tr className="hover:bg-shade">
      <Cell className="max-w-0 min-w-44 py-1 md:w-[34%] md:py-0">
        <span className="flex items-center gap-2">
          <SideMark side={SIDE_OF_CHANGE[change]} label={change} />
          <KindMark kind={kind} />
          <span className="min-w-0">
            <span className="block truncate" data-tip={labelText(`${kind} · ${(right ?? left)?.id ?? ""}`)}>
              <Visible text={name} />
            </span>
            <span className="flex flex-wrap gap-x-1.5 text-2xs text-dim md:hidden">
              {change === "same" ? null : <Version version={left} href={hrefs.left} side="left" rebuilt={rebuilt} />}
              {change !== "same" && left !== null && right !== null ? <span aria-hidden>→</span> : null}
              <Version version={right} href={hrefs.right} side="right" rebuilt={rebuilt} />
            </span>
          </span>
        </span>
      </Cell>
      <Cell className="hidden max-w-0 md:table-cell md:w-[17%]">
        <Version version={left} href={hrefs.left} side="left" rebuilt={rebuilt} />
      </Cell>
      <Cell className="hidden max-w-0 md:table-cell md:w-[17%]">
        <Version version={right} href={hrefs.right} side="right" rebuilt={rebuilt} />
      </Cell>
      <Cell align="right" className="hidden sm:table-cell">
        {left === null ? <None /> : <Bytes value={left.bytes} />}
      </Cell>
      <Cell align="right" className="hidden sm:table-cell">
        {right === null ? <None /> : <Bytes value={right.bytes} />}
      </Cell>
      <Cell align="right">
        <DeltaBar bytes={row.delta} widest={widest} />
      </Cell>
    </tr>
  );
}

function whyHref({ digest }: ArtifactLabel, { id }: ComponentVersion): string {
  return `${artifactPath(digest)}/why/${encodeURIComponent(id)}`;
}

interface VersionProps {
  readonly version: ComponentVersion | null;
  readonly href: string | undefined;
  readonly side: "left" | "right";
  /** The same version on both sides, and yet another item: only the hash tells them apart. */
  readonly rebuilt: boolean;
}

/** A version that leads to why it is there; a store item's hash where it has no version; a layer's rest by its layer. */
function Version({ version, href, side, rebuilt }: VersionProps) {
  if (version === null) return null;
  const hash = splitStorePath(version.id)?.hash;
  const text = version.version === "" && hash !== undefined ? hash.slice(0, SHOWN_HASH) : version.version;
  const shown = text.startsWith("sha256:") ? shortDigest(text) : text === "" ? "here" : text;
  const inner = (
    <>
      <Visible text={shown} />
      {rebuilt && hash !== undefined && text !== hash.slice(0, SHOWN_HASH) ? (
        <span className="ml-1.5 font-mono text-2xs text-dim">{hash.slice(0, SHOWN_HASH)}</span>
      ) : null}
    </>
  );
  const tip = `Why it is ${side === "left" ? "in the left one" : "in the right one"}: ${version.id}`;
  if (href === undefined) return <span className="block truncate">{inner}</span>;
  return (
    <Link href={href} prefetch={false} data-tip={labelText(tip)} className="quiet-link block truncate">
      {inner}
    </Link>
  );
}

/** A difference as a figure beside a bar that goes left for less and right for more. */
export function DeltaBar({ bytes, widest }: { bytes: number; widest: number }) {
  const share = (50 * Math.abs(bytes)) / widest;
  const more = bytes > 0;
  return (
    <span className="flex items-center justify-end gap-3">
      <span aria-hidden className="relative hidden h-3 w-24 shrink-0 lg:block">
        <span className="absolute inset-y-0 left-1/2 w-px bg-line" />
        {bytes === 0 ? null : (
          <span
            className="absolute inset-y-0.5 rounded-[1px]"
            style={{
              width: `max(1px, ${share}%)`,
              background: more ? "var(--side-right)" : "var(--side-left)",
              ...(more ? { left: "50%" } : { right: "50%" }),
            }}
          />
        )}
      </span>
      <span className="lg:w-24">
        <Delta value={bytes} />
      </span>
    </span>
  );
}

function None() {
  return (
    <span className="text-dim">
      <span aria-hidden>–</span>
      <span className="sr-only">not there, {formatBytes(0)}</span>
    </span>
  );
}
