import { Combobox } from "@base-ui/react/combobox";
import { AxisBar } from "#components/charts/axis-bar.tsx";
import { OtherNames } from "#components/ui/other-names.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { artifactKind } from "#lib/display/artifact-kind.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { BarAxis } from "#lib/pictures/bar-axis.ts";
import type { Choice, ChoiceGroup, Choices } from "#lib/views/choose-set.ts";

/** A named part of the list, with artifacts or sets. */
interface Part {
  readonly heading: string;
  readonly entries: readonly (Choice | ChoiceGroup)[];
}

interface ListQuestion {
  /** The selected artifacts, which are not listed again. */
  readonly texts: readonly string[];
  /** What is typed, what matches it, and the choices before anything is typed. */
  readonly typed: string;
  readonly found: Choices;
  readonly opening: Choices;
  /** Whether sets are listed before anything is typed. */
  readonly withSets: boolean;
}

/** The artifacts and sets to add: matches, an exact one first, then the rest, if anything matches. */
export function listParts({ texts, typed, found, opening, withSets }: ListQuestion): Part[] {
  const isFree = ({ text }: Choice) => !texts.includes(text);
  const matches = found.choices
    .filter(isFree)
    .toSorted((a, b) => Number(isNamed(b, typed)) - Number(isNamed(a, typed)));
  const rest = opening.choices.filter((choice) => isFree(choice) && !matches.some(({ text }) => text === choice.text));
  const sets = found.groups.filter((set) => set.texts.some((text) => !texts.includes(text)));
  const artifacts = { heading: "Images, closures and SBOMs", entries: matches };
  const several = { heading: "Several at once", entries: withSets || typed !== "" ? sets : [] };
  // A typed name means one artifact; a pattern, or nothing yet, several.
  const parts = typed !== "" && !typed.includes("*") ? [artifacts, several] : [several, artifacts];
  if (typed !== "" && matches.length + sets.length > 0) parts.push({ heading: "Everything else", entries: rest });
  return parts.filter(({ entries }) => entries.length > 0);
}

/** Whether the typed text is a name of the artifact. */
export function isNamed({ name, otherNames }: Choice, typed: string): boolean {
  return [name, ...otherNames].some((one) => one.toLowerCase() === typed.toLowerCase());
}

/** The value of an entry: an artifact's key, or a set's, which has a blank in it. */
export function entryKey(entry: Choice | ChoiceGroup): string {
  return "text" in entry ? entry.text : `${entry.kind} ${entry.label}`;
}

interface ChoiceListProps {
  readonly parts: readonly Part[];
  /** Number of matches that are not listed. */
  readonly unlisted: number;
  readonly axis: BarAxis;
  /** Shown if there is nothing to add. */
  readonly empty: string;
}

export function ChoiceList({ parts, unlisted, axis, empty }: ChoiceListProps) {
  return (
    <>
      <Combobox.List aria-label="Artifacts to add" className="overflow-y-auto">
        {parts.map(({ heading, entries }) => (
          <Combobox.Group key={heading}>
            <Combobox.GroupLabel className="px-2.5 pt-2.5 pb-1 text-xs text-dim">{heading}</Combobox.GroupLabel>
            {entries.map((entry) => (
              <Combobox.Item
                key={entryKey(entry)}
                value={entryKey(entry)}
                className={`${ROW} data-[highlighted]:bg-wash`}
              >
                <span aria-hidden className="size-4 shrink-0 rounded-[4px] border border-line-strong" />
                {"text" in entry ? <ChoiceRow choice={entry} axis={axis} /> : <SetRow set={entry} />}
              </Combobox.Item>
            ))}
          </Combobox.Group>
        ))}
      </Combobox.List>
      <p role="status" className="px-2.5 py-1.5 text-xs text-dim empty:hidden">
        {parts.length === 0 ? empty : null}
        {unlisted > 0
          ? `${formatCounted(unlisted, "more artifact")} not listed: type a longer name to find them`
          : null}
      </p>
    </>
  );
}

export const ROW = "flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1 text-[0.8125rem]";

/** Name, bytes as a bar and as a figure, and kind. */
export function ChoiceRow({ choice, axis }: { choice: Choice; axis: BarAxis }) {
  const { name, otherNames, bytes, kind, manifestOnly } = choice;
  return (
    <>
      <span className="min-w-0 flex-1 sm:flex-none sm:basis-2/5">
        <Visible text={name} className="block truncate font-medium" />
        <OtherNames names={otherNames} below />
      </span>
      {/* Without a size the line stays, so that figures are below each other. */}
      <AxisBar bytes={bytes ?? 0} axis={axis} className="hidden h-2.5 flex-1 sm:block">
        <span className="w-full bg-line-strong" />
      </AxisBar>
      <span className="w-20 shrink-0 text-right">{bytes === undefined ? "–" : formatBytes(bytes)}</span>
      <span className="w-20 shrink-0 text-xs text-dim">{manifestOnly ? "manifest only" : artifactKind({ kind })}</span>
    </>
  );
}

const SET_WORDS = { pattern: "All named ", base: "All on the base of ", set: "The set " } as const;

/** A set by its rule or name, and its size. */
export function SetRow({ set: { kind, label, count, texts, names } }: { set: ChoiceGroup }) {
  return (
    <>
      <span className="min-w-0 flex-1 truncate" data-tip={names.length === 0 ? undefined : labelText(names.join(", "))}>
        {SET_WORDS[kind]}
        <span className={kind === "pattern" ? "font-mono text-xs font-medium" : "font-medium"}>
          <Visible text={label} />
        </span>
      </span>
      <span className="shrink-0 text-xs text-dim">
        {formatCounted(count, "artifact")}
        {count > texts.length ? `, the first ${texts.length}` : ""}
      </span>
    </>
  );
}
