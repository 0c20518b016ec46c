"use client";

import { Command } from "cmdk";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { KindMark } from "#components/ui/marks.tsx";
import { NothingListed } from "#components/ui/nothing-listed.tsx";
import { areSingleKeysOn, setSingleKeys } from "#components/ui/single-keys.ts";
import { useFound } from "#components/ui/use-found.ts";
import { Visible } from "#components/ui/visible.tsx";
import type { FindAnswer } from "#lib/views/search.ts";
import { listRecent, rememberRow } from "./recent.ts";
import { firstGroups, type ResultGroup, type ResultRow, resultGroups } from "./results.ts";

const NOTHING: FindAnswer = { artifacts: [], digests: [], files: { rows: [], truncated: false }, nodes: [] };

interface SearchDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Search over all artifacts, components, files and digests, and the way to every page. The server finds and ranks. */
export function SearchDialog({ open, onOpenChange }: SearchDialogProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [text, setText] = useState("");
  const { found, pending } = useFound<FindAnswer>("/search", text, NOTHING);
  const typed = text.trim();
  const groups = typed === "" && open ? firstGroups(listRecent(), pathname) : resultGroups(found);
  const show = (row: ResultRow, isResult: boolean) => {
    if (isResult) rememberRow(row);
    onOpenChange(false);
    setText("");
    router.push(row.href);
  };
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      shouldFilter={false}
      label="Search artifacts, components, files and digests"
      overlayClassName="fixed inset-0 z-40 bg-black/40"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(42rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-2xl"
    >
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Image, package, store path, file path or digest"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-[0.9375rem] outline-none placeholder:text-dim"
      />
      <Command.List className="max-h-[min(28rem,60vh)] min-h-24 overflow-y-auto p-1.5">
        <NothingListed>
          {pending ? (
            "Searching…"
          ) : (
            <>
              No name, component, file or digest matches “<Visible text={typed} />
              ”.
            </>
          )}
        </NothingListed>
        {groups.map((group) => (
          <Results key={group.heading} group={group} text={typed} show={(row) => show(row, typed !== "")} />
        ))}
      </Command.List>
      <Hints />
    </Command.Dialog>
  );
}

const GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-dim";

interface ResultsProps {
  readonly group: ResultGroup;
  readonly text: string;
  readonly show: (row: ResultRow) => void;
}

function Results({ group: { heading, rows }, text, show }: ResultsProps) {
  return (
    <Command.Group heading={heading} className={GROUP}>
      {rows.map((row) => (
        <Command.Item
          key={row.key}
          value={row.key}
          onSelect={() => show(row)}
          className="flex h-9 items-center gap-2.5 rounded-md px-3 text-[0.8125rem] data-[selected=true]:bg-wash"
        >
          {row.kind === undefined ? null : <KindMark kind={row.kind} />}
          <span className={`min-w-0 flex-1 truncate ${row.mono ? "font-mono text-xs" : ""}`}>
            <Matched text={row.text} part={text} />
            {row.version === undefined ? null : (
              <span className="text-dim">
                {" "}
                <Visible text={row.version} />
              </span>
            )}
          </span>
          <span className="max-w-[45%] shrink-0 truncate text-xs text-dim">
            <Visible text={row.detail} />
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** The text, with what was typed in bold. */
function Matched({ text, part }: { text: string; part: string }) {
  const start = part === "" ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (start === -1) return <Visible text={text} />;
  const end = start + part.length;
  return (
    <>
      <Visible text={text.slice(0, start)} />
      <b className="font-medium">
        <Visible text={text.slice(start, end)} />
      </b>
      <Visible text={text.slice(end)} />
    </>
  );
}

function Hints() {
  return (
    <>
      <p className="hidden items-center gap-x-5 border-t border-line px-4 py-2 text-xs text-dim sm:flex">
        <Hint keys="↑ ↓">move</Hint>
        <Hint keys="↵">open</Hint>
        <Hint keys="Esc">close</Hint>
        <span className="ml-auto">
          Files by full <Key>/path</Key>, digests by 6 digits or more
        </span>
      </p>
      <SingleKeys />
    </>
  );
}

/** Switches off the keys that work alone: speech input would press them all the time. */
function SingleKeys() {
  const [isOn, setOn] = useState(areSingleKeysOn);
  const change = (next: boolean) => {
    setSingleKeys(next);
    setOn(next);
  };
  return (
    <label className="flex items-center gap-2 border-t border-line px-4 py-2 text-xs text-dim">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
        className="size-3.5 accent-(--accent)"
      />
      <span>
        Keys without Ctrl or ⌘: <Key>S</Key> scan, <Key>/</Key> search
      </span>
    </label>
  );
}

function Hint({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <span>
      <Key>{keys}</Key> {children}
    </span>
  );
}

function Key({ children }: { children: ReactNode }) {
  return <kbd className="rounded border border-line px-1 py-0.5 font-mono text-2xs">{children}</kbd>;
}
