"use client";

import { Command } from "cmdk";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { NothingListed } from "#components/ui/nothing-listed.tsx";
import { OtherNames } from "#components/ui/other-names.tsx";
import { useActiveOption } from "#components/ui/use-active-option.ts";
import { useFound } from "#components/ui/use-found.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import type { Choice, ChoiceGroup, Choices } from "#lib/views/choose-set.ts";
import { isPicked } from "./picked.ts";
import { setPath } from "./set-address.ts";

export interface PickedArtifact {
  /** As an address spells it. */
  readonly text: string;
  readonly name: string;
}

interface SetPickerProps {
  /** What is chosen now. */
  readonly picked: readonly PickedArtifact[];
  /** The page that the choice leads to. */
  readonly page: "compare" | "savings";
  /** What can be chosen before anything is typed. */
  readonly opening: Choices;
}

const ITEM =
  "flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-[0.8125rem] data-[selected=true]:bg-wash data-[disabled=true]:text-dim";
const GROUP =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-dim";

/** Chooses a set: what is chosen as chips, and a field that finds artifacts by name, by pattern, by base. The choice is the address. */
export function SetPicker({ picked, page, opening }: SetPickerProps) {
  const router = useRouter();
  const texts = picked.map((one) => one.text);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [pending, startTransition] = useTransition();
  const { found: choices, pending: searching } = useFound<Choices>("/compare/artifacts", text, opening);
  const [marked, setMarked] = useMarked(choices, texts, text);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useClosing(box, () => setOpen(false));
  useActiveOption(box, open);

  const go = (next: readonly string[]) => {
    setText("");
    setOpen(false);
    // Where the next name is typed.
    field.current?.focus();
    startTransition(() => router.push(setPath(page, next), { scroll: false }));
  };
  const add = (more: readonly string[]) => go([...new Set([...texts, ...more])].slice(0, MAX_SETS));
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") setOpen(false);
    // What is marked belongs to another text still.
    if (event.key === "Enter" && searching) event.preventDefault();
    if (!open && (event.key === "Enter" || event.key === "ArrowDown")) {
      // A closed list must not choose what nobody sees.
      event.preventDefault();
      setOpen(true);
    }
    if (event.key === "Backspace" && text === "" && texts.length > 0) go(texts.slice(0, -1));
  };
  return (
    <div ref={box} className="relative" aria-busy={pending}>
      <Command
        shouldFilter={false}
        label="Choose artifacts"
        value={marked}
        onValueChange={setMarked}
        onKeyDown={press}
        loop
      >
        <div className="flex flex-wrap items-center gap-1.5 rounded-md border border-line-strong bg-raised p-1.5 focus-within:border-accent">
          {picked.map((one) => (
            <PickedChip key={one.text} picked={one} remove={() => go(texts.filter((other) => other !== one.text))} />
          ))}
          <Command.Input
            ref={field}
            value={text}
            onValueChange={(value) => {
              setText(value);
              setOpen(true);
            }}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            placeholder={picked.length === 0 ? "Image or closure, or a pattern like m-*" : "Add another"}
            className="h-7 min-w-40 flex-1 bg-transparent px-1.5 text-[0.8125rem] outline-none placeholder:text-dim"
          />
        </div>
        <Command.List
          hidden={!open}
          className="absolute inset-x-0 top-full z-20 mt-1 max-h-96 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-xl"
        >
          <NothingListed>Nothing here is called that.</NothingListed>
          {meansOne(text) ? <ArtifactChoices choices={choices} texts={texts} add={add} /> : null}
          <GroupChoices groups={choices.groups} texts={texts} add={add} />
          {meansOne(text) ? null : <ArtifactChoices choices={choices} texts={texts} add={add} />}
        </Command.List>
      </Command>
    </div>
  );
}

function PickedChip({ picked, remove }: { picked: PickedArtifact; remove: () => void }) {
  return (
    <span className="inline-flex h-7 max-w-full items-center gap-1 rounded-[5px] bg-wash pl-2 text-[0.8125rem]">
      <span className="truncate">
        <Visible text={picked.name} />
      </span>
      <button
        type="button"
        onClick={remove}
        // The list around it takes Enter for its own.
        onKeyDown={(event) => event.stopPropagation()}
        aria-label={labelText(`Remove ${picked.name}`)}
        className="grid size-7 place-items-center rounded-[5px] text-dim hover:text-ink"
      >
        <X aria-hidden size={13} />
      </button>
    </span>
  );
}

interface ListProps {
  readonly texts: readonly string[];
  readonly add: (more: readonly string[]) => void;
}

const GROUP_WORDS = { pattern: "All named ", base: "All on the base of ", set: "The set " } as const;

function GroupChoices({ groups, texts, add }: ListProps & { groups: readonly ChoiceGroup[] }) {
  const useful = usefulGroups(groups, texts);
  if (useful.length === 0) return null;
  return (
    <Command.Group heading="Several at once" className={GROUP}>
      {useful.map((group) => (
        <Command.Item
          key={`${group.kind} ${group.label}`}
          value={groupValue(group)}
          onSelect={() => add(group.texts)}
          className={ITEM}
        >
          <span className="min-w-0 flex-1 truncate">
            {GROUP_WORDS[group.kind]}
            <span className={group.kind === "pattern" ? "font-mono text-xs font-medium" : "font-medium"}>
              <Visible text={group.label} />
            </span>
          </span>
          <span className="shrink-0 text-xs text-dim">
            {formatCounted(group.count, "artifact")}
            {group.count > group.texts.length ? `, the first ${group.texts.length}` : ""}
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function ArtifactChoices({ choices: { choices, matching }, texts, add }: ListProps & { choices: Choices }) {
  const free = choices.filter((choice) => !isPicked(choice, texts));
  if (free.length === 0) return null;
  return (
    <Command.Group heading="Images and closures" className={GROUP}>
      {free.map((choice) => (
        <Command.Item key={choice.digest} value={choice.digest} onSelect={() => add([choice.text])} className={ITEM}>
          <span className="min-w-0 flex-1">
            <span className="block truncate">
              <Visible text={choice.name} />
            </span>
            <OtherNames names={choice.otherNames} below />
          </span>
          <span className="shrink-0 text-xs text-dim">
            {choice.kind} · {formatBytes(choice.bytes)}
          </span>
        </Command.Item>
      ))}
      {matching > choices.length ? (
        <p className="px-2.5 py-1.5 text-xs text-dim">
          {formatCounted(matching - choices.length, "more artifact")}: type more of the name
        </p>
      ) : null}
    </Command.Group>
  );
}

/** A name that is typed out means one artifact; a pattern, or nothing yet, several at once. */
function meansOne(text: string): boolean {
  return text.trim() !== "" && !text.includes("*");
}

function groupValue({ kind, label }: ChoiceGroup): string {
  return `${kind} ${label}`.trim();
}

function usefulGroups(groups: readonly ChoiceGroup[], texts: readonly string[]): ChoiceGroup[] {
  return groups.filter((group) => group.texts.some((text) => !texts.includes(text)));
}

/** The marked entry: the one whose name was typed, else the first of every new list, so that Enter takes what stands on top. */
function useMarked(choices: Choices, texts: readonly string[], text: string): [string, (value: string) => void] {
  const free = choices.choices.filter((choice) => !isPicked(choice, texts));
  const typed = text.trim().toLowerCase();
  const named = free.find((choice) => namesOf(choice).some((name) => name.toLowerCase() === typed)) ?? free[0];
  const [group] = usefulGroups(choices.groups, texts);
  const [one, several] = [named?.digest, group && groupValue(group)];
  const first = meansOne(text) ? (one ?? several) : (several ?? one);
  const [state, setState] = useState({ list: choices, marked: first ?? "" });
  const marked = state.list === choices ? state.marked : (first ?? "");
  return [marked, (value) => setState({ list: choices, marked: value })];
}

function namesOf({ name, otherNames }: Choice): readonly string[] {
  return [name, ...otherNames];
}

/** Closes when the pointer or the focus goes elsewhere. */
function useClosing(box: React.RefObject<HTMLDivElement | null>, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    const leave = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) latest.current();
    };
    const abort = new AbortController();
    document.addEventListener("pointerdown", leave, { signal: abort.signal });
    document.addEventListener("focusin", leave, { signal: abort.signal });
    return () => abort.abort();
  }, [box]);
}
