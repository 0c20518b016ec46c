"use client";

import { type FormEvent, type ToggleEvent, useRef, useState } from "react";
import { postForm } from "#components/ui/post-form.ts";
import { formatNames } from "#lib/display/address.ts";
import { labelText } from "#lib/display/shown-text.ts";

/** Maximum length of a set's name, in UTF-16 units. */
const MAX_NAME_LENGTH = 80;
/** Refuses a blank name. */
const WITH_A_LETTER = ".*\\S.*";

const BUTTON = "h-8 rounded-md border border-line-strong px-3 text-[0.8125rem] hover:bg-shade";

interface NameSetProps {
  readonly texts: readonly string[];
  /** The name of a saved set with the same artifacts. */
  readonly savedAs: string | undefined;
}

/** Saves the set of the page under a name, without leaving the page, and shows the result. */
export function NameSet({ texts, savedAs }: NameSetProps) {
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState("");
  const focusField = (event: ToggleEvent<HTMLDetailsElement>) => {
    if (event.newState === "open") field.current?.focus();
  };
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setOutcome((await postForm(event.currentTarget)).line);
  };
  return (
    <details className="writes text-[0.8125rem]" onToggle={focusField}>
      <summary className="flex h-10 w-fit cursor-pointer items-center text-dim hover:text-ink">
        {savedAs === undefined ? "Name this set" : `Saved as ${labelText(savedAs)}`}
      </summary>
      {/* Without scripts the form leads to the set's page; with them it stays here. */}
      <form method="post" action="/sets" onSubmit={save} className="flex flex-wrap items-center gap-2 pb-2">
        <input type="hidden" name="in" value={formatNames(texts)} />
        <input
          ref={field}
          name="name"
          aria-label="Name of the set"
          title="1 to 80 characters, at least one of them not blank"
          required
          pattern={WITH_A_LETTER}
          maxLength={MAX_NAME_LENGTH}
          className="h-8 w-44 rounded-md border border-line-strong bg-raised px-2"
        />
        <button type="submit" className={BUTTON}>
          Save
        </button>
        <span role="status">{outcome}</span>
      </form>
    </details>
  );
}

/** Deletes a saved set, not its artifacts. */
export function DeleteSet({ name }: { name: string }) {
  return (
    <form method="post" action={`/sets/${encodeURIComponent(name)}/remove`} className="mt-1 px-3">
      <button type="submit" className="text-xs text-dim hover:text-ink" aria-label={labelText(`Delete set ${name}`)}>
        Delete set
      </button>
    </form>
  );
}
