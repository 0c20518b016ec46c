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
  return `The server failed${error.digest === undefined ? "" : ` (see its log under ${error.digest})`}.`;
}

/** Replaces a failed page. The server's log has the reason; the reader gets the next step. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter();
  // `reset` alone would draw the server's last response again, which is the failure.
  const tryAgain = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <Notice title="This page failed to load">
      <p>{explain(error)} To check the installation, run:</p>
      <Command text="./stratigraph doctor" />
      <button type="button" onClick={tryAgain} className="button main">
        Try again
      </button>
    </Notice>
  );
}
