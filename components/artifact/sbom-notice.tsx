/** Says what an SBOM does not state. */
export function SbomNotice({ fileCount }: { fileCount: number }) {
  return (
    <p role="note" className="mt-6 max-w-3xl border-l-2 border-line-strong pl-3 text-[0.8125rem] text-dim">
      Read from a document, not from the software: sizes, files and layers are not known, and every relation is
      declared.
      {fileCount > 0 ? " The files that it lists are counted, but are not components." : null}
    </p>
  );
}
