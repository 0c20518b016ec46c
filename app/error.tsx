"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Notice } from "#components/shell/notice.tsx";
import { Command } from "#components/ui/command.tsx";
import { PAGE_FAILURES } from "#lib/display/page-failure.ts";
import { pageFailureOf } from "#lib/model/page-failure.ts";

function explain(error: Error & { digest?: string }): string {
  const failure = pageFailureOf(error);
  if (failure !== undefined) return PAGE_FAILURES[failure];
  return `The server failed${error.digest === undefined ? "" : ` (its log says more under ${error.digest})`}.`;
}

/** Shown in place of a page that failed. The server's log has the reason; a reader gets the way on. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter();
  // `reset` alone draws what the server sent once more, which is the failure.
  const tryAgain = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <Notice title="This page could not be made">
      <p>{explain(error)} This finds out what is wrong with the set-up:</p>
      <Command text="./stratigraph doctor" />
      <button
        type="button"
        onClick={tryAgain}
        className="inline-flex h-9 items-center rounded-md bg-ink px-3.5 text-[0.8125rem] font-medium text-ground hover:bg-accent"
      >
        Try again
      </button>
    </Notice>
  );
}
