import { CopyText } from "#components/ui/copy-text.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { shellWord } from "#lib/model/shell-word.ts";

/** Says what is not known of an image whose layers were never read, and how to read them. */
export function ManifestNotice({ source }: { source: string }) {
  const command = `stratigraph scan ${shellWord(source)}`;
  return (
    <p role="note" className="mt-6 max-w-3xl border-l-2 border-line-strong pl-3 text-[0.8125rem] text-dim">
      Known by its manifest alone: no layer was read, so its components, files and graph are not known. To read them:{" "}
      <CopyText text={command} what="command" className="max-w-full font-mono text-xs break-all text-ink">
        <Visible text={command} />
      </CopyText>
    </p>
  );
}
