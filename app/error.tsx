"use client";

import { Notice } from "#components/shell/notice.tsx";
import { Command } from "#components/ui/command.tsx";

/** Shown in place of a page that failed. The server's log has the reason; a reader gets the way on. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Notice title="This page could not be made">
      <p>
        The server or its database failed
        {error.digest === undefined ? "" : ` (its log says more under ${error.digest})`}. This finds out what is wrong
        with the set-up:
      </p>
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
