"use client";

import { Combobox } from "@base-ui/react/combobox";
import { ArrowLeftRight, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Fragment, type KeyboardEvent, type ReactNode, useOptimistic, useState, useTransition } from "react";
import { useFound } from "#components/ui/use-found.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES } from "#lib/display/sides.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import { sumKnown } from "#lib/model/sum-known.ts";
import { type BarAxis, barAxis } from "#lib/pictures/bar-axis.ts";
import type { Choices } from "#lib/views/choose-set.ts";
import { Ask, askOf } from "./ask-buttons.tsx";
import { ChoiceList, ChoiceRow, entryKey, isNamed, listParts, ROW } from "./choice-list.tsx";
import { type SetPageName, selectionPath, setPath } from "./set-address.ts";

export interface PickedArtifact {
  /** Its key in URLs. */
  readonly text: string;
  readonly name: string;
}

interface SetPickerProps {
  /** The current selection. */
  readonly picked: readonly PickedArtifact[];
  /** The page that the selection is for. */
  readonly page: SetPageName;
  /** The choices before anything is typed. */
  readonly opening: Choices;
  /**
   * Shown beside the list, which is then part of the page; a button asks about the selection. Without it the list opens below the
   * field, and every change leads to its answer.
   */
  readonly beside?: ReactNode;
}

/** Selects a set. The URL is the selection: chips, boxes and buttons show what it says. */
export function SetPicker({ picked, page, opening, beside }: SetPickerProps) {
  const router = useRouter();
  const isPage = beside !== undefined;
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const { found, pending: searching } = useFound<Choices>("/compare/artifacts", typed, opening);
  const choices = [...found.choices, ...opening.choices];
  const { chosen, texts, pending, setTexts } = useSelection({ picked, choices, page, isPage });
  const select = (next: readonly string[]) => {
    setTyped("");
    setOpen(false);
    setTexts(next);
  };
  const change = (values: readonly string[], details: Combobox.Root.ChangeEventDetails) => {
    // Escape in a closed list would clear the selection.
    if (details.reason === "escape-key") return details.cancel();
    const members = values.flatMap((value) => found.groups.find((set) => entryKey(set) === value)?.texts ?? [value]);
    select([...new Set(members)]);
  };
  const ask = (asked: SetPageName) => router.push(setPath(asked, texts));
  const press = (event: KeyboardEvent) => {
    if (isPage && event.key === "Enter" && (event.ctrlKey || event.metaKey) && askOf(page, texts.length).isPossible)
      ask(page);
  };
  const axis = barAxis(choices.map(({ bytes = 0 }) => bytes));
  // The highlighted choice belongs to an older text, unless its name is typed out.
  const isStale = searching && !found.choices.some((choice) => isNamed(choice, typed.trim()));
  const parts = listParts({ texts, typed: typed.trim(), found, opening, withSets: !isPage });
  const list = (
    <ChoiceList
      parts={parts}
      unlisted={found.matching - found.choices.length}
      axis={axis}
      empty={typed === "" ? "All artifacts are selected." : "No other artifact matches."}
    />
  );
  return (
    <Combobox.Root
      multiple
      items={parts.flatMap(({ entries }) => entries.map(entryKey))}
      filter={null}
      autoHighlight
      value={texts}
      onValueChange={change}
      inputValue={typed}
      onInputValueChange={setTyped}
      inline={isPage}
      open={isPage || isOpen}
      onOpenChange={setOpen}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the button inside */}
      <div
        aria-busy={pending}
        onKeyDown={press}
        className={`rounded-lg border border-line-strong bg-raised focus-within:border-accent ${isPage ? "mt-6" : ""}`}
      >
        <Combobox.InputGroup
          className={`flex flex-wrap items-center gap-2 p-1.5 ${
            isPage ? "sticky top-13 z-20 rounded-t-lg border-b border-line bg-raised sm:p-2.5" : ""
          }`}
        >
          <Combobox.Chips className="flex max-h-40 min-w-0 flex-[1_1_14rem] flex-wrap items-center gap-1.5 overflow-y-auto">
            <Chips
              chosen={chosen}
              swapHref={(isPage ? selectionPath : setPath)(page, texts.toReversed())}
              page={page}
            />
            <Combobox.Input
              aria-label="Choose artifacts"
              placeholder={chosen.length === 0 ? "Image or closure, or a pattern like m-*" : "Add another"}
              onKeyDown={(event) => {
                if (event.key === "Enter" && isStale) event.preventBaseUIHandler();
              }}
              className="h-7 min-w-40 flex-1 bg-transparent px-1.5 text-[0.8125rem] outline-none placeholder:text-dim"
            />
          </Combobox.Chips>
          {isPage ? <Ask page={page} count={texts.length} ask={ask} clear={() => select([])} /> : null}
        </Combobox.InputGroup>
        {isPage ? (
          <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_22rem]">
            <div className="p-1.5">
              <Selected texts={texts} choices={choices} axis={axis} select={select} />
              {list}
            </div>
            <div className="border-line p-4 max-lg:border-t lg:border-l">{beside}</div>
          </div>
        ) : null}
      </div>
      {isPage ? null : (
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-40">
            <Combobox.Popup className="flex max-h-[min(24rem,var(--available-height))] w-(--anchor-width) flex-col overflow-hidden rounded-md border border-line bg-raised p-1 shadow-xl">
              {list}
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      )}
    </Combobox.Root>
  );
}

interface Selection extends Pick<SetPickerProps, "picked" | "page"> {
  readonly choices: Choices["choices"];
  readonly isPage: boolean;
}

/** The selection in the URL; while another is under way, that one. */
function useSelection({ picked, choices, page, isPage }: Selection) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [chosen, setChosen] = useOptimistic(picked);
  const setTexts = (next: readonly string[]) =>
    startTransition(() => {
      const known = [...chosen, ...choices];
      setChosen(next.map((text) => known.find((one) => one.text === text) ?? { text, name: text }));
      if (isPage) router.replace(selectionPath(page, next), { scroll: false });
      else router.push(setPath(page, next.slice(0, MAX_SETS)), { scroll: false });
    });
  return { chosen, texts: chosen.map(({ text }) => text), pending, setTexts };
}

const COLOURS = [SIDES.left.colour, SIDES.right.colour];

interface ChipsProps {
  readonly chosen: readonly PickedArtifact[];
  readonly page: SetPageName;
  readonly swapHref: string;
}

/** The selected artifacts; the two of a comparison with the colours of their sides. */
function Chips({ chosen, page, swapHref }: ChipsProps) {
  const areSides = page === "compare" && chosen.length === 2;
  return chosen.map(({ text, name }, i) => (
    <Fragment key={text}>
      {areSides && i === 1 ? <Swap href={swapHref} /> : null}
      <Combobox.Chip
        className="inline-flex h-7 max-w-full items-center gap-1 rounded-[5px] border-l-4 bg-wash pl-2 text-[0.8125rem]"
        style={{ borderColor: areSides ? COLOURS[i] : "transparent" }}
      >
        <Visible text={name} className="truncate" />
        <Combobox.ChipRemove
          aria-label={labelText(`Remove ${name}`)}
          className="grid size-7 shrink-0 place-items-center rounded-[5px] text-dim hover:text-ink"
        >
          <X aria-hidden size={13} />
        </Combobox.ChipRemove>
      </Combobox.Chip>
    </Fragment>
  ));
}

function Swap({ href }: { href: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-label="Swap left and right"
      data-tip="Swap left and right"
      className="grid size-7 place-items-center rounded-md text-dim hover:bg-shade hover:text-ink"
    >
      <ArrowLeftRight aria-hidden size={14} />
    </Link>
  );
}

interface SelectedProps {
  readonly texts: readonly string[];
  readonly choices: Choices["choices"];
  readonly axis: BarAxis;
  readonly select: (texts: readonly string[]) => void;
}

/** The rows of the selected artifacts, above those to add. */
function Selected({ texts, choices, axis, select }: SelectedProps) {
  const rows = texts.map((text) => choices.find((choice) => choice.text === text)).filter((row) => row !== undefined);
  if (rows.length === 0) return null;
  const total = sumKnown(rows.map(({ bytes }) => bytes));
  return (
    <section aria-label="Selected">
      <p className="px-2.5 pt-2 pb-1 text-xs text-dim">
        {formatCounted(texts.length, "artifact")} selected
        {total === undefined ? null : `, ${formatBytes(total)} without sharing`}
      </p>
      {rows.map((choice) => (
        <label key={choice.digest} className={`${ROW} hover:bg-shade`}>
          <input
            type="checkbox"
            checked
            onChange={() => select(texts.filter((text) => text !== choice.text))}
            className="size-4 shrink-0 accent-(--accent)"
          />
          <ChoiceRow choice={choice} axis={axis} />
        </label>
      ))}
    </section>
  );
}
