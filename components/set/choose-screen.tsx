import Link from "next/link";
import { FirstSteps } from "#components/home/first-steps.tsx";
import { OtherNames } from "#components/ui/other-names.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatNames } from "#lib/display/address.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import type { ChangesView } from "#lib/views/changes.ts";
import type { Choices } from "#lib/views/choose-set.ts";
import { DeleteSet } from "./name-set.tsx";
import { isPicked } from "./picked.ts";
import { setPath } from "./set-address.ts";

interface ChooseScreenProps {
  readonly choices: Choices;
  readonly changes: ChangesView;
  readonly page: "compare" | "savings";
  /** How many are chosen already, and what one alone lacks. */
  readonly picked: readonly string[];
}

const WORDS = {
  compare: {
    title: "Compare",
    text: `Choose two artifacts to see what changed from one to the other, or up to ${MAX_SETS} to see what they share.`,
  },
  savings: {
    title: "Savings",
    text: `Choose up to ${MAX_SETS} artifacts to see how many bytes they need together: as layers on a disk, as layers in a registry, by package, by file, by chunk.`,
  },
} as const;

/** What the pages about sets show before there is one: how to choose, and sets that suggest themselves. */
export function ChooseScreen({ choices, changes, page, picked }: ChooseScreenProps) {
  const { title, text } = WORDS[page];
  const unlisted = picked.filter((one) => !choices.choices.some((choice) => isPicked(choice, [one])));
  if (choices.matching === 0) return <FirstSteps changes={changes} />;
  return (
    <div className="max-w-4xl">
      <h1 className="text-2xl font-medium tracking-tight">{title}</h1>
      <p className="mt-2 max-w-2xl text-dim">
        {text} Shared results are under{" "}
        <Link href="/reports" className="text-link">
          Reports
        </Link>
        .
      </p>
      {choices.groups.length === 0 ? null : <Suggestions choices={choices} page={page} />}
      <form action={`/${page}`} className="mt-10">
        {unlisted.map((text) => (
          <input key={text} type="hidden" name="in" value={formatNames([text])} />
        ))}
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <h2 className="text-base font-medium tracking-tight">Or select artifacts</h2>
          {page === "compare" && picked.length === 1 ? (
            <p role="status" className="text-[0.8125rem] text-dim">
              Select at least one more to compare.
            </p>
          ) : null}
          <button
            type="submit"
            className="inline-flex h-9 items-center rounded-md bg-ink px-3.5 text-[0.8125rem] font-medium text-ground hover:bg-accent"
          >
            {title}
          </button>
        </div>
        <ul className="grid grid-cols-1 gap-x-8 sm:grid-cols-2">
          {choices.choices.map((choice) => (
            <li key={choice.digest} className="min-w-0 border-b border-line">
              <label className="flex min-h-10 cursor-pointer items-center gap-3 text-[0.8125rem] hover:text-accent">
                <input
                  type="checkbox"
                  name="in"
                  value={formatNames([choice.text])}
                  defaultChecked={isPicked(choice, picked)}
                  className="size-4 accent-(--accent)"
                />
                <span className="min-w-0 flex-1 py-1">
                  <span className="block truncate">
                    <Visible text={choice.name} />
                  </span>
                  <OtherNames names={choice.otherNames} below />
                </span>
                <span className="text-xs text-dim">
                  {choice.kind} · {formatBytes(choice.bytes)}
                </span>
              </label>
            </li>
          ))}
        </ul>
        {choices.matching > choices.choices.length ? (
          <p className="mt-2 text-[0.8125rem] text-dim">
            {formatCounted(choices.matching - choices.choices.length, "more artifact")}: find them by name in the field
            above.
          </p>
        ) : null}
      </form>
    </div>
  );
}

const GROUP_WORDS = { pattern: "", base: "On the base of ", set: "" } as const;

function Suggestions({ choices, page }: Pick<ChooseScreenProps, "choices" | "page">) {
  return (
    <section className="mt-8" aria-labelledby="suggestions">
      <h2 id="suggestions" className="mb-2 text-base font-medium tracking-tight">
        Suggested and saved sets
      </h2>
      <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {choices.groups.map((group) => (
          <li key={`${group.kind} ${group.label}`} className="flex min-w-0 flex-col">
            <Link
              href={setPath(page, group.texts)}
              className="block flex-1 rounded-md border border-line bg-raised px-3 py-2.5 hover:border-accent"
            >
              <span className="block font-medium">
                {GROUP_WORDS[group.kind]}
                <Visible text={group.label} />
              </span>
              <span className="line-clamp-2 text-xs text-dim">
                {formatCounted(group.count, "artifact")}
                {group.kind === "set" ? ", a named set" : ": "}
                {group.kind === "set" ? null : <Visible text={group.names.join(", ")} />}
              </span>
            </Link>
            {group.kind === "set" ? <DeleteSet name={group.label} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
