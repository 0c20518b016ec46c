import Link from "next/link";
import { FirstSteps } from "#components/home/first-steps.tsx";
import { FollowScans } from "#components/shell/follow-scans.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatNames } from "#lib/display/address.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import type { Activity } from "#lib/views/activity.ts";
import type { Choices } from "#lib/views/choose-set.ts";
import { SetRow } from "./choice-list.tsx";
import { DeleteSet } from "./name-set.tsx";
import { type SetPageName, setPath } from "./set-address.ts";
import { type PickedArtifact, SetPicker } from "./set-picker.tsx";

interface ChooseScreenProps {
  readonly choices: Choices;
  readonly activity: Activity;
  readonly page: SetPageName;
  readonly picked: readonly PickedArtifact[];
}

const WORDS = {
  compare: {
    title: "Compare",
    text: `Two artifacts: what changed. Three to ${MAX_SETS}: what they share. The same selection opens in Savings.`,
  },
  savings: {
    title: "Savings",
    text: `How many bytes up to ${MAX_SETS} artifacts need together: as layers on a disk, as layers in a registry, by package, by file, by chunk.`,
  },
} as const;

/** Where a set is selected: one field and one list, beside saved and suggested sets. */
export function ChooseScreen({ choices, activity, page, picked }: ChooseScreenProps) {
  if (choices.matching === 0) return <FirstSteps activity={activity} />;
  const { title, text } = WORDS[page];
  return (
    <>
      <FollowScans stamp={activity.stamp} />
      <h1 className="text-2xl font-medium tracking-tight">{title}</h1>
      <p className="mt-2 max-w-3xl text-dim">
        {text} Shared results are under{" "}
        <Link href="/reports" className="text-link">
          Reports
        </Link>
        .
      </p>
      <SetPicker picked={picked} page={page} opening={choices} beside={<Suggestions choices={choices} page={page} />} />
      <noscript>
        <Boxes choices={choices} page={page} picked={picked} />
      </noscript>
    </>
  );
}

/** The same selection as a plain form. */
function Boxes({ choices: { choices }, page, picked }: Omit<ChooseScreenProps, "activity">) {
  const texts = picked.map(({ text }) => text);
  const unlisted = picked.filter(({ text }) => !choices.some((choice) => choice.text === text));
  return (
    <form action={`/${page}`} className="mt-6 text-[0.8125rem]">
      {[...unlisted, ...choices].map(({ text, name }) => (
        <label key={text} className="flex min-h-9 items-center gap-3">
          <input type="checkbox" name="in" value={formatNames([text])} defaultChecked={texts.includes(text)} />
          <Visible text={name} />
        </label>
      ))}
      <button type="submit" className="button main mt-3">
        {WORDS[page].title}
      </button>
    </form>
  );
}

function Suggestions({ choices: { groups }, page }: Pick<ChooseScreenProps, "choices" | "page">) {
  return (
    <section aria-labelledby="suggestions" className="text-[0.8125rem]">
      <h2 id="suggestions" className="text-xs text-dim">
        {groups.length === 0 ? "No saved or suggested sets yet" : "Saved and suggested sets"}
      </h2>
      <ul>
        {groups.map((group) => (
          <li key={`${group.kind} ${group.label}`} className="border-b border-line py-2 last:border-0">
            <Link href={setPath(page, group.texts)} className="flex items-baseline gap-3 hover:text-accent">
              <SetRow set={group} />
            </Link>
            {group.kind === "set" ? <DeleteSet name={group.label} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
