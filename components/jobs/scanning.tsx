"use client";

import { Visible } from "#components/ui/visible.tsx";
import type { Job } from "#lib/model/job.ts";
import { useActivity } from "./activity.ts";

/** The head of a page without artifacts: what is being scanned, or that nothing is. `first`: the jobs when the page was made. */
export function Scanning({ first }: { first: readonly Job[] }) {
  const jobs = useActivity()?.jobs ?? first;
  const job = jobs.find(({ state }) => state === "running" || state === "waiting" || state === "uploading");
  return (
    <div role="status">
      <h1 className="text-2xl font-medium tracking-tight">
        {job === undefined ? (
          "Nothing scanned yet"
        ) : (
          <>
            Scanning <Visible text={job.progress?.image?.name ?? job.source} />
          </>
        )}
      </h1>
      <p className="mt-1 text-dim">
        {job === undefined
          ? "Scan an image of a registry, an archive, or what is on this machine. It appears here when the scan ends."
          : "It appears here when the scan ends. You can scan more at the same time."}
      </p>
    </div>
  );
}
