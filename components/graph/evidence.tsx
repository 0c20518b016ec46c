import type { GraphLink } from "#lib/views/graph.ts";

const STROKES: Readonly<Record<GraphLink["known"], { dash: string | undefined; label: string; tip: string }>> = {
  observed: {
    dash: undefined,
    label: "observed",
    tip: "Seen in the bytes: a store reference, a linked library, an interpreter line, a symlink.",
  },
  declared: { dash: "5 3", label: "declared", tip: "Package metadata says so." },
  inferred: { dash: "1.5 2.5", label: "inferred", tip: "Concluded from other facts." },
  several: { dash: undefined, label: "several", tip: "References of nodes that are not drawn, together." },
  holds: { dash: undefined, label: "holds", tip: "Only this node keeps what is in the group." },
};

/** The line that stands for a kind of evidence, with its name: solid, dashed, dotted. */
export function EvidenceMark({ known, wordless = false }: { known: GraphLink["known"]; wordless?: boolean }) {
  const { dash, label, tip } = STROKES[known];
  return (
    <span data-tip={tip} className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg width="22" height="8" aria-hidden="true" className="shrink-0">
        <line x1="0" x2="22" y1="4" y2="4" stroke="currentColor" strokeWidth="1.5" strokeDasharray={dash} />
      </svg>
      <span className={wordless ? "sr-only" : undefined}>{label}</span>
    </span>
  );
}
