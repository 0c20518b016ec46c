import { CopyText } from "./copy-text.tsx";

/** A command line, copied by one click. */
export function Command({ text }: { text: string }) {
  return (
    <CopyText
      text={text}
      what="command"
      className="block w-full overflow-x-auto bg-sunken px-3 py-2 font-mono text-xs whitespace-pre text-ink"
    >
      <span aria-hidden className="mr-2 text-dim select-none">
        $
      </span>
      {text}
    </CopyText>
  );
}
