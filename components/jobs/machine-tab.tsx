"use client";

import { type FormEvent, useState } from "react";
import { postForm } from "#components/ui/post-form.ts";
import { Visible } from "#components/ui/visible.tsx";
import { MachineList, useMachine } from "./machine-list.tsx";

/** Images of this machine's engine, and its stores. */
export function MachineTab({ onQueued }: { onQueued: () => void }) {
  const [attempt, setAttempt] = useState(0);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [refusal, setRefusal] = useState("");
  const [isSent, setSent] = useState(false);
  const found = useMachine(attempt);
  const survey = found?.answer;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(true);
    const { ok, line } = await postForm(event.currentTarget);
    setSent(false);
    setRefusal(ok ? "" : line);
    if (ok) onQueued();
  };
  return (
    <form method="post" action="/jobs/scan" onSubmit={send} className="flex min-h-0 flex-col">
      {chosen.map((source) => (
        <input key={source} type="hidden" name="source" value={source} />
      ))}
      <div className="min-h-32 overflow-y-auto px-3 pt-4 pb-4" aria-busy={found === undefined}>
        {survey === undefined ? (
          <p className="px-2 text-dim">{found?.line ?? "Looking…"}</p>
        ) : survey === null ? (
          <p className="px-2 text-dim">This server does not offer what is on its machine (STRATIGRAPH_SOURCES).</p>
        ) : (
          <MachineList survey={survey} chosen={chosen} setChosen={setChosen} again={() => setAttempt(attempt + 1)} />
        )}
        <p aria-live="polite" className="px-2 pt-2 text-xs wrap-anywhere text-warn">
          <Visible text={refusal} />
        </p>
      </div>
      <div className="flex items-center justify-between gap-4 border-t border-line px-5 py-3">
        <span className="text-xs text-dim">
          “Only there”: what deleting it would free. Nothing is read before you scan.
        </span>
        <button type="submit" disabled={isSent || chosen.length === 0} className="button main shrink-0">
          Scan{chosen.length === 0 ? "" : ` ${chosen.length}`}
        </button>
      </div>
    </form>
  );
}
