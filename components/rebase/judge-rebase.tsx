"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLookup } from "#components/jobs/use-lookup.ts";
import { Visible } from "#components/ui/visible.tsx";

interface JudgeRebaseProps {
  /** The route that reads the layers and keeps the verdict. */
  readonly path: string;
  /** Where the three images are read from. */
  readonly sources: readonly string[];
  readonly isRemote: boolean;
  readonly mayRead: boolean;
}

/** In place of the verdict: layers are read at once from this machine, after a click from another; then the page has it. */
export function JudgeRebase({ path, sources, isRemote, mayRead }: JudgeRebaseProps) {
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
          Not judged yet: the layers have to be read, which needs the token of this server. The command below judges it,
          too.
        </p>
      )}
      {isAsked || !mayRead ? null : (
        <>
          <p className="text-dim">Not judged yet: all layers have to be downloaded from where they were scanned.</p>
          <button type="button" className="button main mt-2" onClick={() => setAsked(true)}>
            Read the layers
          </button>
        </>
      )}
      {isPending || isDone ? <Reading sources={sources} /> : null}
      {last === undefined || last.answer !== undefined ? null : (
        <p className="text-warn">
          <Visible text={last.line} />
        </p>
      )}
    </div>
  );
}

function Reading({ sources }: Pick<JudgeRebaseProps, "sources">) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-dim">
      <strong className="rounded-full bg-shade px-3 py-0.5 font-medium text-ink motion-safe:animate-pulse">
        Judging…
      </strong>
      <span className="min-w-0">
        Reading all layers from{" "}
        {[...new Set(sources)].map((source, i) => (
          <span key={source}>
            {i > 0 ? ", " : null}
            <Visible text={source} className="font-mono text-xs break-all" />
          </span>
        ))}
        . That takes some seconds.
      </span>
    </p>
  );
}
