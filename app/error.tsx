"use client";

import { Notice } from "#components/shell/notice.tsx";
import { Command } from "#components/ui/command.tsx";
import { PageFailure } from "#lib/model/page-failure.ts";

function explain(digest: string | undefined): string {
  if (digest === PageFailure.tooLong) return "The database took too long to answer, and the query was cut off.";
  if (digest === PageFailure.unreachable) return "The database could not be reached.";
  return `The server failed${digest === undefined ? "" : ` (its log says more under ${digest})`}.`;
}

/** Shown in place of a page that failed. The server's log has the reason; a reader gets the way on. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Notice title="This page could not be made">
      <p>{explain(error.digest)} This finds out what is wrong with the set-up:</p>
      <Command text="npm run -s stratigraph -- doctor" />
      <button
        type="button"
        onClick={reset}
        className="inline-flex h-9 items-center rounded-md bg-ink px-3.5 text-[0.8125rem] font-medium text-ground hover:bg-accent"
      >
        Try again
      </button>
    </Notice>
  );
}
