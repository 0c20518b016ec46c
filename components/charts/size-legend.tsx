import type { ReactNode } from "react";

/** What the colours of a treemap by size mean. `others`: what its grey area is, if it has one. */
export function SizeLegend({
  others,
  note,
  children,
}: {
  others?: string | undefined;
  note: string;
  children?: ReactNode;
}) {
  return (
    <ul aria-label="Legend" className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-xs text-dim">
      {children ?? (
        <>
          <LegendKey className="bg-self">itself</LegendKey>
          <LegendKey className="bg-kept">what it alone keeps</LegendKey>
        </>
      )}
      {others === undefined ? null : <LegendKey className="bg-others">{others}</LegendKey>}
      <li>{note}</li>
    </ul>
  );
}

function LegendKey({ className, children }: { className: string; children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden className={`inline-block size-2.5 rounded-[2px] ${className}`} />
      {children}
    </li>
  );
}
