"use client";

import { CalendarClock } from "lucide-react";
import { Visible } from "#components/ui/visible.tsx";
import { formatWait } from "#lib/display/job-text.ts";
import { formatInterval, type Watch } from "#lib/model/watch.ts";
import { ChangeButton } from "./change-button.tsx";
import { useNow } from "./use-now.ts";

/** The sources that are scanned on a schedule, and when next. */
export function WatchList({ watches, now: first }: { watches: readonly Watch[]; now: number }) {
  const now = useNow(first);
  if (watches.length === 0) return null;
  return (
    <section aria-labelledby="watched" className="mt-10">
      <h2 id="watched" className="text-base font-medium tracking-tight">
        Watched
      </h2>
      <p className="mt-1 mb-3 text-[0.8125rem] text-dim">
        Scanned again on a schedule. A tag that moved is stored beside what it named before.
      </p>
      <ul aria-label="Watched sources" className="border-t border-line text-[0.8125rem]">
        {watches.map((watch) => (
          <WatchRow key={watch.key} watch={watch} now={now} />
        ))}
      </ul>
    </section>
  );
}

function WatchRow({ watch, now }: { watch: Watch; now: number }) {
  const { key, source, everyMinutes, nextAt, platform, manifestsOnly } = watch;
  const parts = [
    `every ${formatInterval(everyMinutes)}`,
    `next in ${formatWait(nextAt - now)}`,
    ...(platform === undefined ? [] : [platform]),
    ...(manifestsOnly ? ["manifests only"] : []),
  ];
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line py-2 lg:grid-cols-[1rem_minmax(0,17rem)_minmax(0,1fr)_auto] lg:gap-x-4">
      <CalendarClock aria-hidden size={14} className="text-dim" />
      <span className="truncate font-mono text-xs">
        <Visible text={source} />
      </span>
      <span className="col-span-2 col-start-2 row-start-2 text-dim lg:col-span-1 lg:col-start-3 lg:row-start-1">
        <Visible text={parts.join(" · ")} />
      </span>
      <span className="col-start-3 row-start-1 text-right lg:col-start-4">
        <ChangeButton path={`/jobs/${key}/unwatch`} label="Stop watching" of={source} />
      </span>
    </li>
  );
}
