"use client";

import { Command } from "cmdk";
import { usePathname, useRouter } from "next/navigation";
import { type KeyboardEvent, useState } from "react";
import { showScanDialog } from "#components/jobs/show-scan.ts";
import { NothingListed } from "#components/ui/nothing-listed.tsx";
import { useFound } from "#components/ui/use-found.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import type { FindAnswer } from "#lib/views/search.ts";
import { commandGroups, firstGroups, type Place, SCAN_ROW } from "./actions.ts";
import { listRecent, rememberRow } from "./recent.ts";
import { holderGroups, type ResultGroup, type ResultRow, resultGroups } from "./results.ts";
import { SearchHints } from "./search-hints.tsx";
import { Results } from "./search-rows.tsx";
import { useHolders } from "./use-holders.ts";

const NO_ROWS = { rows: [], truncated: false };
const NOTHING: FindAnswer = {
  artifacts: [],
  digests: [],
  contents: [],
  files: NO_ROWS,
  nodes: NO_ROWS,
  artifactCount: 0,
};
const COMMAND_PREFIX = ">";

interface SearchDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The text typed before the field could take it. */
  readonly takeTyped: () => string;
  readonly canWrite: boolean;
}

/** Search over all artifacts, components, files and digests, and the way to every page. The server finds and ranks. */
export function SearchDialog({ open, onOpenChange, takeTyped, canWrite }: SearchDialogProps) {
  const router = useRouter();
  const place = { pathname: usePathname(), canWrite };
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<ResultRow & { readonly typed: string }>();
  const { groups, pending } = useGroups(text, chosen, place, open);
  const choose = (row: ResultRow) => {
    setChosen({ ...row, typed: text });
    setText("");
  };
  const goBack = () => {
    setText(chosen?.typed ?? "");
    setChosen(undefined);
  };
  const close = () => {
    onOpenChange(false);
    setText("");
    setChosen(undefined);
  };
  const show = (row: ResultRow) => {
    close();
    if (row.key === SCAN_ROW.key) return showScanDialog("registry");
    if (text.trim() !== "" || chosen !== undefined) rememberRow(row);
    router.push(row.href);
  };
  const press = (event: KeyboardEvent) => {
    // New rows are selected a moment after they appear.
    const item =
      document.querySelector<HTMLElement>("[cmdk-item][data-selected=true]") ??
      document.querySelector<HTMLElement>("[cmdk-item]");
    const row = groups.flatMap(({ rows }) => rows).find(({ holders }) => holders === item?.dataset.holders);
    if (event.key === "Tab" && !event.shiftKey && isField(event.target) && row?.holders !== undefined) choose(row);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && item?.dataset.href !== undefined)
      window.open(item.dataset.href, "_blank", "noopener");
    else if (event.key === "Backspace" && text === "" && chosen !== undefined) goBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Command.Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(next) : chosen === undefined ? close() : goBack())}
      shouldFilter={false}
      label="Search artifacts, components, files and digests"
      onKeyDownCapture={press}
      overlayClassName="fixed inset-0 z-40 bg-black/40"
      contentClassName="fixed top-[8vh] left-1/2 z-50 w-[min(44rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-2xl"
    >
      <Command.Input
        value={text}
        onValueChange={setText}
        onFocus={() => {
          const typed = takeTyped();
          if (typed !== "") setText((before) => before + typed);
        }}
        placeholder={chosen === undefined ? "Name, file, digest or command" : "Which artifact? A part of its name"}
        className="h-12 w-full border-b border-line bg-transparent px-4 text-[0.9375rem] outline-none placeholder:text-dim"
      />
      <Command.List className="max-h-[min(32rem,64vh)] min-h-24 overflow-y-auto p-1.5">
        <NothingListed>{pending ? "Searching…" : "No matches."}</NothingListed>
        {groups.map((group) => (
          <Results key={group.heading} group={group} text={text.trim()} show={show} choose={choose} />
        ))}
      </Command.List>
      <SearchHints isChoosing={chosen !== undefined} isEmpty={text.trim() === ""} />
    </Command.Dialog>
  );
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type !== "checkbox";
}

/** What is listed for a text: results, commands, the artifacts with a chosen row, or what there is before anything is typed. */
function useGroups(text: string, chosen: ResultRow | undefined, place: Place, open: boolean) {
  const typed = text.trim();
  const isCommand = typed.startsWith(COMMAND_PREFIX);
  const { found, pending } = useFound<FindAnswer>("/search", isCommand || chosen !== undefined ? "" : text, NOTHING);
  const holders = useHolders(chosen?.holders, text);
  if (chosen !== undefined)
    return { groups: holders === undefined ? [] : holderGroups(chosen, holders), pending: holders === undefined };
  if (typed === "") return { groups: open ? firstGroups(listRecent(), place) : [], pending: false };
  if (isCommand) return { groups: commandGroups(typed.slice(COMMAND_PREFIX.length), place), pending: false };
  const groups = [...resultGroups(found, typed), ...commandGroups(typed, place)];
  if (groups.length > 0 || pending) return { groups, pending };
  return { groups: nothingFound(typed, found.artifactCount, place), pending };
}

/** Says what was searched, and offers to scan what is missing. */
function nothingFound(text: string, artifactCount: number, { canWrite }: Place): ResultGroup[] {
  const heading = `No name, component, digest or beginning of a file’s name in ${formatCounted(artifactCount, "artifact")} matches ${text}.`;
  return [{ heading, rows: canWrite ? [SCAN_ROW] : [] }];
}
