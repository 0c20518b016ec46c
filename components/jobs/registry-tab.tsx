"use client";

import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { postForm, type Reply } from "#components/ui/post-form.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { withQuery } from "#lib/display/paths.ts";
import { NOTHING_OFFERED, type RegistryOffer } from "#lib/model/registry-offer.ts";
import { PlatformChoice } from "./platform-choice.tsx";
import { RepositoryList } from "./repository-list.tsx";
import { ScanEvery } from "./scan-every.tsx";
import { TagList } from "./tag-list.tsx";
import { useLookup } from "./use-lookup.ts";
import { useWeights } from "./use-weights.ts";

/** Milliseconds without a key press before the registry is asked: typing a whole name asks no host that is a part of it. */
const DEBOUNCE_MS = 600;
/** Tags of which the download is asked for before they are chosen. */
const MAX_WEIGHED_AHEAD = 8;

/** An image of a registry by name, or several of its tags. */
export function RegistryTab({ onQueued }: { onQueued: () => void }) {
  const id = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [platform, setPlatform] = useState("");
  const [refusal, setRefusal] = useState("");
  const [isSent, setSent] = useState(false);
  const typed = text.trim();
  const { last, isPending } = useLookup<RegistryOffer>(
    typed === "" ? undefined : withQuery("/jobs/offer", { q: typed }),
    DEBOUNCE_MS,
  );
  const offer = (typed === "" ? undefined : last?.answer) ?? NOTHING_OFFERED;
  const line = typed === "" || isPending ? "" : offer.line || last?.line || "";
  const images = offer.repository === undefined ? [] : offer.names.map((tag) => `${offer.repository}:${tag}`);
  const weights = useWeights([...new Set([...chosen, ...images.slice(0, MAX_WEIGHED_AHEAD)])], platform);
  const change = (next: string) => {
    setText(next);
    setRefusal("");
  };
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(true);
    const reply: Reply = await postForm(event.currentTarget);
    setSent(false);
    setRefusal(reply.ok ? "" : reply.line);
    if (!reply.ok) return;
    setText("");
    setChosen([]);
    onQueued();
  };
  return (
    <form method="post" action="/jobs/scan" onSubmit={send} className="flex min-h-0 flex-col">
      <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-4">
        <label htmlFor={id} className="mb-1.5 block">
          Image in a registry
        </label>
        <input
          id={id}
          name={chosen.length === 0 ? "source" : undefined}
          value={text}
          onChange={({ currentTarget }) => change(currentTarget.value)}
          onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
            const first = offer.repository === undefined ? offer.names[0] : undefined;
            if (event.key !== "ArrowDown" || first === undefined) return;
            event.preventDefault();
            change(`${first}:`);
          }}
          data-focus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={512}
          placeholder="registry.example.com/shop/app:1.0"
          aria-invalid={refusal !== ""}
          aria-describedby={`${id}-hint`}
          className="h-10 w-full rounded-md border border-line-strong bg-ground px-3 font-mono text-[0.8125rem] placeholder:text-dim"
        />
        {chosen.map((image) => (
          <input key={image} type="hidden" name="source" value={image} />
        ))}
        <p id={`${id}-hint`} aria-live="polite" className="mt-2 min-h-5 text-xs wrap-anywhere text-dim">
          {refusal !== "" || line !== "" ? (
            <span className={refusal !== "" || typed.includes(":") ? "text-warn" : undefined}>
              <Visible text={refusal || line} />
            </span>
          ) : isPending ? (
            "Asking the registry…"
          ) : images.length > 0 ? (
            `${formatCounted(offer.names.length + offer.moreCount, "tag")}. Choose some, or press Enter for what is typed.`
          ) : offer.names.length > 0 ? (
            `${formatCounted(offer.names.length + offer.moreCount, "repository", "repositories")}. Choose one, or go on typing.`
          ) : (
            "A pasted docker pull command works too. End with :* for all tags, or with /* for all repositories."
          )}
        </p>
        <TagList images={images} moreCount={offer.moreCount} chosen={chosen} setChosen={setChosen} weights={weights} />
        {offer.repository === undefined ? <RepositoryList offer={offer} choose={(name) => change(`${name}:`)} /> : null}
        <div className="mt-3 space-y-2">
          <label className="flex items-center gap-2.5">
            <input type="checkbox" name="manifests-only" className="size-4 accent-(--accent)" />
            Manifests only <span className="text-xs text-dim">no layer is downloaded</span>
          </label>
          <ScanEvery />
        </div>
      </div>
      <div className="flex items-center justify-between gap-4 border-t border-line px-5 py-3">
        <PlatformChoice
          value={platform}
          choose={setPlatform}
          byDefault={offer.platform}
          platforms={[...new Set([...weights.values()].flatMap(({ platforms }) => platforms))]}
        />
        <button type="submit" disabled={isSent} className="button main shrink-0">
          {chosen.length === 0 ? "Scan" : `Scan ${formatCounted(chosen.length, "tag")}`}
          <kbd aria-hidden className="ml-2 rounded border border-current px-1 font-sans text-2xs opacity-60">
            ↵
          </kbd>
        </button>
      </div>
    </form>
  );
}
