import { Visible } from "./visible.tsx";

/** The sentence about an answer that counts bytes of downloads; nothing for any other answer. */
export function ByDownload({ note }: { note: string | undefined }) {
  if (note === undefined) return null;
  return (
    <p role="note" className="mt-4 max-w-3xl border-l-2 border-line-strong pl-3 text-[0.8125rem] text-dim">
      <Visible text={note} />
    </p>
  );
}
