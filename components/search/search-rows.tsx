import { Command } from "cmdk";
import { CornerDownLeft } from "lucide-react";
import type { ReactNode } from "react";
import { KindMark } from "#components/ui/marks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import type { ResultGroup, ResultRow } from "./results.ts";

const GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-dim";

interface ResultsProps {
  readonly group: ResultGroup;
  /** What was typed: bold in the rows. */
  readonly text: string;
  readonly show: (row: ResultRow) => void;
  /** Lists the artifacts with what the row stands for. */
  readonly choose: (row: ResultRow) => void;
}

/** A group of rows under its heading. */
export function Results({ group: { heading, note, rows }, text, show, choose }: ResultsProps) {
  return (
    <Command.Group heading={<Heading text={heading} note={note} />} className={GROUP}>
      {rows.map((row) => (
        <Command.Item
          key={row.key}
          value={row.key}
          data-href={row.href === "" ? undefined : row.href}
          data-holders={row.holders}
          onSelect={() => show(row)}
          onClick={(event) => {
            if (row.href === "" || !(event.ctrlKey || event.metaKey)) return;
            event.stopPropagation();
            window.open(row.href, "_blank", "noopener");
          }}
          className="group/row flex min-h-9 items-center gap-2.5 rounded-md px-3 py-1 text-[0.8125rem] max-sm:flex-wrap max-sm:gap-y-0.5 max-sm:py-1.5 data-[selected=true]:bg-wash"
        >
          {row.kind === undefined ? null : <KindMark kind={row.kind} />}
          <span className={`min-w-0 truncate sm:flex-1 max-sm:w-full ${row.mono ? "font-mono text-xs" : ""}`}>
            <Matched text={row.text} part={text} />
            {row.version === undefined ? null : (
              <span className="text-dim">
                {" "}
                <Visible text={row.version} />
              </span>
            )}
          </span>
          {row.detail === "" ? null : (
            <span className="max-w-[45%] shrink-0 truncate text-xs text-dim max-sm:max-w-full">
              <Visible text={row.detail} />
            </span>
          )}
          {row.count === undefined ? null : <Count row={row} choose={choose} />}
          {row.keys === undefined ? null : (
            <span className="flex shrink-0 gap-1 max-sm:hidden">
              {row.keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </span>
          )}
          <CornerDownLeft
            aria-hidden
            size={13}
            className="shrink-0 text-dim opacity-0 group-data-[selected=true]/row:opacity-100 max-sm:hidden"
          />
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Heading({ text, note }: { text: string; note: string | undefined }) {
  return (
    <span className="flex justify-between gap-4">
      <span className="min-w-0 truncate">
        <Visible text={text} />
      </span>
      {note === undefined || note === "" ? null : <span className="shrink-0 max-sm:hidden">{note}</span>}
    </span>
  );
}

/** In how many artifacts a row is: a click lists them, as the key Tab does. */
function Count({ row, choose }: { row: ResultRow; choose: (row: ResultRow) => void }) {
  const className = "shrink-0 text-xs text-dim";
  if (row.holders === undefined) return <span className={className}>{row.count}</span>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: an option may contain no button; the keyboard has Tab.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same
    <span
      onClick={(event) => {
        event.stopPropagation();
        choose(row);
      }}
      className={`${className} rounded border border-line px-1.5 py-0.5 hover:border-accent hover:text-ink`}
    >
      {row.count}
    </span>
  );
}

/** The text, with what was typed in bold. */
function Matched({ text, part }: { text: string; part: string }) {
  const start = part === "" ? -1 : text.toLowerCase().lastIndexOf(part.toLowerCase());
  if (start === -1) return <Visible text={text} />;
  const end = start + part.length;
  return (
    <>
      <Visible text={text.slice(0, start)} />
      <b className="font-semibold">
        <Visible text={text.slice(start, end)} />
      </b>
      <Visible text={text.slice(end)} />
    </>
  );
}

export function Key({ children }: { children: ReactNode }) {
  return <kbd className="rounded border border-line bg-raised px-1 py-0.5 font-mono text-2xs text-dim">{children}</kbd>;
}
