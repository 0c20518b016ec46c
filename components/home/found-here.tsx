"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useMachine } from "#components/jobs/machine-list.tsx";
import { showScanDialog } from "#components/jobs/show-scan.ts";
import { Bytes } from "#components/ui/bytes.tsx";
import { postForm } from "#components/ui/post-form.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { MachineOffer } from "#lib/model/machine-offer.ts";

/** Names of images that are listed in a row. */
const MAX_NAMES = 4;

/** What an empty page offers: the engine and the stores of this machine, with what a scan of each would read. */
export function FoundHere() {
  const router = useRouter();
  const [attempt, setAttempt] = useState(0);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [refusal, setRefusal] = useState("");
  const found = useMachine(attempt);
  if (found?.answer === null) return null;
  const isNothing = found?.answer?.offers.every(({ kind }) => kind === "missing") ?? false;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { ok, line } = await postForm(event.currentTarget);
    setRefusal(ok ? "" : line);
    if (!ok) return;
    setChosen([]);
    router.refresh();
  };
  const toggle = (source: string, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, source] : chosen.filter((each) => each !== source));
  return (
    <form method="post" action="/jobs/scan" onSubmit={send} aria-busy={found === undefined}>
      <h2 className="mb-2 text-[0.8125rem] text-dim">
        {isNothing
          ? "No engine and no store was found on this machine. Name something else to scan."
          : "Found on this machine. Choose what to scan, or name something else."}
      </h2>
      <div
        aria-hidden
        className="hidden gap-x-3 pb-1.5 text-xs text-dim sm:grid sm:grid-cols-[1rem_9rem_minmax(0,1fr)_5rem_7rem]"
      >
        <span className="col-start-2">Source</span>
        <span>What is in it</span>
        <span className="text-right">To read</span>
      </div>
      <ul aria-label="Found on this machine" className="min-h-44 border-t border-line text-[0.8125rem]">
        {found?.answer === undefined ? (
          <li className="py-3 text-dim">{found?.line ?? "Looking…"}</li>
        ) : (
          found.answer.offers.map((offer) => (
            <OfferRow
              key={offer.source}
              offer={offer}
              isChosen={chosen.includes(offer.source)}
              toggle={(isChosen) => toggle(offer.source, isChosen)}
              again={() => setAttempt(attempt + 1)}
            />
          ))
        )}
      </ul>
      {chosen.map((source) => (
        <input key={source} type="hidden" name="source" value={source} />
      ))}
      <div className={`mt-4 flex flex-wrap items-center gap-4 ${isNothing ? "invisible" : ""}`}>
        <button type="submit" disabled={chosen.length === 0} className="button main">
          {chosen.length === 0 ? "Scan" : `Scan ${formatCounted(chosen.length, "source")}`}
        </button>
        <span aria-live="polite" className="text-xs wrap-anywhere text-warn">
          <Visible text={refusal} />
        </span>
      </div>
    </form>
  );
}

interface OfferRowProps {
  readonly offer: MachineOffer;
  readonly isChosen: boolean;
  readonly toggle: (isChosen: boolean) => void;
  readonly again: () => void;
}

function OfferRow({ offer, isChosen, toggle, again }: OfferRowProps) {
  const isMissing = offer.kind === "missing";
  return (
    <li
      className={`grid grid-cols-[1rem_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1 border-b border-line py-2.5 sm:grid-cols-[1rem_9rem_minmax(0,1fr)_5rem_7rem] ${isMissing ? "text-dim" : ""}`}
    >
      {isMissing ? (
        <span />
      ) : (
        <input
          type="checkbox"
          aria-label={offer.label}
          checked={isChosen}
          onChange={({ currentTarget }) => toggle(currentTarget.checked)}
          className="mt-0.5 size-4 accent-(--accent)"
        />
      )}
      <span>
        <span className="block font-medium">{offer.label}</span>
        <span className="block font-mono text-xs text-dim">{offer.source}</span>
      </span>
      <span className="col-start-2 row-start-2 min-w-0 wrap-anywhere sm:col-start-3 sm:row-start-1">
        <Contents offer={offer} />
      </span>
      <span className="col-start-3 row-start-1 text-right sm:col-start-4">
        {isMissing ? null : <Bytes value={offer.bytes} />}
      </span>
      <span className="col-start-3 row-start-2 text-right sm:col-start-5 sm:row-start-1">
        {offer.kind === "engine" ? (
          <button type="button" onClick={() => showScanDialog("machine")} className="text-link">
            Choose images
          </button>
        ) : isMissing ? (
          <button type="button" onClick={again} aria-label={`Try again: ${offer.label}`} className="text-link">
            Try again
          </button>
        ) : null}
      </span>
    </li>
  );
}

function Contents({ offer }: { offer: MachineOffer }) {
  if (offer.kind === "missing") return <Visible text={offer.line} />;
  if (offer.kind === "store")
    return (
      <>
        {formatCounted(offer.itemCount, "path")}, {formatCounted(offer.profileCount, "profile")}
        <span className="block text-xs text-dim">sizes and references from its database; no file is read</span>
      </>
    );
  const names = offer.images.slice(0, MAX_NAMES).map(({ name }) => name);
  const more = offer.imageCount - names.length;
  return (
    <>
      {formatCounted(offer.imageCount, "image")}
      <span className="block text-xs text-dim">
        <Visible text={`${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`} />
      </span>
    </>
  );
}
