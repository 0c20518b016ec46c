import Link from "next/link";
import { DOT_STEP, Dots } from "#components/charts/dots.tsx";
import { Bytes, Count } from "#components/ui/bytes.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Cell, CutRow, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted, formatShare } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { OverlapAnswer, OverlapCell } from "#lib/model/answer.ts";

interface UpsetProps {
  readonly answer: Pick<OverlapAnswer, "artifacts" | "cells" | "union" | "estimated">;
  readonly names: readonly string[];
  readonly limit: number;
  /** Where a cell opens; a stored report opens none. */
  readonly cellHref?: ((held: readonly number[]) => string | undefined) | undefined;
  readonly moreHref?: string | undefined;
  /** Positions of the opened cell's artifacts. */
  readonly opened?: readonly number[] | undefined;
}

const COLUMNS = 5;

/** An UpSet plot that is its own table: a row a cell, dots for who holds it, a bar for its bytes; the largest first. */
export function Upset({ answer: { cells, union, estimated }, names, limit, cellHref, moreHref, opened }: UpsetProps) {
  const shown = cells.slice(0, limit);
  const rest = cells.slice(limit);
  const widest = Math.max(1, shown[0]?.bytes ?? 0);
  return (
    <TableFrame label="Cells: what exactly these hold">
      <thead>
        <tr>
          <th scope="col" className="w-px border-b border-line p-0 pr-4 align-bottom font-normal">
            <SetHeads names={names} />
            <span className="sr-only">Held by</span>
          </th>
          <Heading className="hidden sm:table-cell">Who holds it</Heading>
          <Heading>
            <MeasureLabel name="cell">Bytes</MeasureLabel>
          </Heading>
          <Heading align="right" className="hidden sm:table-cell">
            Share
          </Heading>
          <Heading align="right" className="hidden sm:table-cell">
            Units
          </Heading>
        </tr>
      </thead>
      <tbody>
        {shown.map((cell) => (
          <UpsetRow
            key={cell.in.join(".")}
            cell={cell}
            names={names}
            widest={widest}
            union={union.bytes}
            estimated={estimated}
            href={cellHref?.(cell.in)}
            opened={opened !== undefined && opened.join(".") === cell.in.join(".")}
          />
        ))}
        {rest.length > 0 ? (
          <CutRow columns={COLUMNS} href={moreHref}>
            {formatCounted(rest.length, "more cell")} with{" "}
            {formatBytes(rest.reduce((sum, { bytes }) => sum + bytes, 0))}
          </CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}

function SetHeads({ names }: { names: readonly string[] }) {
  return (
    <div aria-hidden className="flex items-end pt-2 pb-1.5" style={{ width: names.length * DOT_STEP }}>
      {names.map((name) => (
        <span
          key={name}
          data-tip={labelText(name)}
          className="max-h-28 truncate text-2xs text-dim [writing-mode:sideways-lr]"
          style={{ width: DOT_STEP, lineHeight: `${DOT_STEP}px` }}
        >
          {labelText(name)}
        </span>
      ))}
    </div>
  );
}

interface UpsetRowProps {
  readonly cell: OverlapCell;
  readonly names: readonly string[];
  readonly widest: number;
  readonly union: number;
  readonly estimated: boolean | undefined;
  readonly href: string | undefined;
  readonly opened: boolean;
}

function UpsetRow({ cell, names, widest, union, estimated, href, opened }: UpsetRowProps) {
  const who = whoHolds(cell.in, names);
  return (
    <tr className={opened ? "bg-wash" : "hover:bg-shade"}>
      <Cell className="pr-4">
        <Dots held={cell.in} count={names.length} />
        <span className="sr-only">{cell.in.map((i) => labelText(names[i]!)).join(", ")}</span>
      </Cell>
      <Cell className="hidden max-w-0 min-w-36 sm:table-cell sm:w-[34%]">
        {href === undefined ? (
          <span className="block truncate">
            <Visible text={who} />
          </span>
        ) : (
          <Link href={href} tabIndex={-1} className="quiet-link block truncate">
            <Visible text={who} />
          </Link>
        )}
      </Cell>
      <Cell className="w-[46%] min-w-36">
        <BarLink
          href={href}
          who={who}
          opened={opened}
          colour={cellColour(cell.in, names.length)}
          share={cell.bytes / widest}
        >
          <Bytes value={cell.bytes} estimated={estimated} />
        </BarLink>
      </Cell>
      <Cell align="right" className="hidden text-dim sm:table-cell">
        {formatShare(cell.bytes, union)}
      </Cell>
      <Cell align="right" className="hidden sm:table-cell">
        <Count value={cell.units} />
      </Cell>
    </tr>
  );
}

interface BarLinkProps {
  readonly href: string | undefined;
  readonly who: string;
  readonly opened: boolean;
  readonly colour: string;
  readonly share: number;
  readonly children: React.ReactNode;
}

function BarLink({ href, who, opened, colour, share, children }: BarLinkProps) {
  const bar = (
    <span className="flex items-center gap-2">
      <span
        aria-hidden
        className="block h-3.5 shrink rounded-[2px]"
        style={{ width: `max(2px, ${70 * share}%)`, background: colour }}
      />
      {children}
    </span>
  );
  if (href === undefined) return bar;
  return (
    <Link href={href} aria-current={opened ? "true" : undefined} className="block">
      <span className="sr-only">Open what {labelText(who)} hold, </span>
      {bar}
    </Link>
  );
}

/** Of two: the colours of the sides. Of more: what all have in the accent, what one alone has in grey. */
export function cellColour(held: readonly number[], count: number): string {
  if (count === 2)
    return held.length === 2 ? "var(--side-both)" : held[0] === 0 ? "var(--side-left)" : "var(--side-right)";
  if (held.length === count) return "var(--accent)";
  return held.length === 1 ? "var(--rock-unique-alternate)" : "var(--rock-2)";
}

const NAMED = 2;

/** `all 7`, `only m-lua`, `m-base, m-lua and 2 more`. */
export function whoHolds(held: readonly number[], names: readonly string[]): string {
  if (held.length === names.length) return names.length === 2 ? "both" : `all ${names.length}`;
  if (held.length === 1) return `only ${names[held[0]!]}`;
  if (held.length === names.length - 1 && held.length > NAMED) {
    const missing = names.findIndex((_, i) => !held.includes(i));
    return `all but ${names[missing]}`;
  }
  const first = held.slice(0, NAMED).map((i) => names[i]!);
  const more = held.length - first.length;
  return more === 0 ? first.join(" and ") : `${first.join(", ")} and ${more} more`;
}
