import { Ban, Check, Circle, LoaderCircle, Upload, X } from "lucide-react";
import type { JobState } from "#lib/model/job.ts";

const MARKS = {
  running: { Icon: LoaderCircle, look: "text-accent motion-safe:animate-spin" },
  uploading: { Icon: Upload, look: "text-accent" },
  waiting: { Icon: Circle, look: "text-dim" },
  failed: { Icon: X, look: "text-warn" },
  done: { Icon: Check, look: "text-accent" },
  cancelled: { Icon: Ban, look: "text-dim" },
} as const;

/** How a job is, as an icon with its word. */
export function StateMark({ state }: { state: JobState }) {
  const { Icon, look } = MARKS[state];
  return (
    <span className="grid h-5 place-items-center">
      <Icon aria-hidden size={14} className={look} />
      <span className="sr-only">{state}</span>
    </span>
  );
}
