"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLookup } from "#components/jobs/use-lookup.ts";
import { Visible } from "#components/ui/visible.tsx";

interface ReadLayersProps {
  /** The route that reads the layers and keeps the answer. */
  readonly path: string;
  /** Where the images are read from. */
  readonly sources: readonly string[];
  readonly isRemote: boolean;
  readonly mayRead: boolean;
  /** What is not done without the layers, and what is while they are read. */
  readonly undone: string;
  readonly doing: string;
}

/** In place of an answer: layers are read at once from this machine, after a click from another; then the page has it. */
export function ReadLayers({ path, sources, isRemote, mayRead, undone, doing }: ReadLayersProps) {
  const router = useRouter();
  const [isAsked, setAsked] = useState(!isRemote && mayRead);
  const { last, isPending } = useLookup<object>(isAsked ? path : undefined, 0);
  const isDone = last?.answer !== undefined;
  useEffect(() => {
    if (isDone) router.refresh();
  }, [isDone, router]);
  return (
    <div className="mt-2 text-[0.8125rem]" aria-live="polite" aria-busy={isPending || isDone}>
      {mayRead ? null : (
        <p className="text-dim">
          {undone}: the layers have to be read, which needs the token of this server. The command below does it, too.
        </p>
      )}
      {isAsked || !mayRead ? null : (
        <>
          <p className="text-dim">{undone}: all layers have to be downloaded from where they were scanned.</p>
          <button type="button" className="button main mt-2" onClick={() => setAsked(true)}>
            Read the layers
          </button>
        </>
      )}
      {isPending || isDone ? <Reading sources={sources} doing={doing} /> : null}
      {last === undefined || last.answer !== undefined ? null : (
        <p className="text-warn">
          <Visible text={last.line} />{" "}
          <button type="button" className="text-link" onClick={() => window.location.reload()}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}

/** Seconds before the time is shown. */
const MIN_ELAPSED = 3;

/** Seconds since it began: a long wait without a sign of life looks like a fault. Hidden from screen readers, which would read each. */
function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span aria-hidden className="tabular-nums">
      {seconds < MIN_ELAPSED ? null : `${seconds} s so far.`}
    </span>
  );
}

function Reading({ sources, doing }: Pick<ReadLayersProps, "sources" | "doing">) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-dim">
      <strong className="rounded-full bg-shade px-3 py-0.5 font-medium text-ink motion-safe:animate-pulse">
        {doing}
      </strong>
      <span className="min-w-0">
        Reading all layers from{" "}
        {[...new Set(sources)].map((source, i) => (
          <span key={source}>
            {i > 0 ? ", " : null}
            <Visible text={source} className="font-mono text-xs break-all" />
          </span>
        ))}
        . This can take a minute. <Elapsed />
      </span>
    </p>
  );
}
