import type { EvidenceName } from "#lib/model/overview.ts";

export const EVIDENCE_LINES: Readonly<Record<EvidenceName, { dash: string | undefined; label: string; tip: string }>> =
  {
    observed: {
      dash: undefined,
      label: "observed",
      tip: "Found in the bytes: a store reference, a library that an executable links, an interpreter line, a symlink.",
    },
    declared: { dash: "5 3", label: "declared", tip: "Stated by package metadata: a Depends line, a package.json." },
    inferred: {
      dash: "1.5 2.5",
      label: "inferred",
      tip: "Derived from other facts, such as an executable of one package in another's directory.",
    },
  };

/** The line style of a kind of evidence, with its name: solid, dashed, dotted. */
export function EvidenceMark({ known, wordless = false }: { known: EvidenceName; wordless?: boolean }) {
  const { dash, label, tip } = EVIDENCE_LINES[known];
  return (
    <span data-tip={tip} className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg width="22" height="8" aria-hidden="true" className="shrink-0">
        <line x1="0" x2="22" y1="4" y2="4" stroke="currentColor" strokeWidth="1.5" strokeDasharray={dash} />
      </svg>
      <span className={wordless ? "sr-only" : undefined}>{label}</span>
    </span>
  );
}
