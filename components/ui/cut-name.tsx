import { labelText } from "#lib/display/shown-text.ts";
import { Visible } from "./visible.tsx";

/** A shorter folder is not worth cutting: the name is cut at its end. */
const MIN_FOLDER = 10;

/** A name on one line. What is before its last slash is cut first: that is what many names have in common. */
export function CutName({ text, className = "" }: { text: string; className?: string }) {
  const folder = text.lastIndexOf("/") + 1;
  if (folder < MIN_FOLDER || folder === text.length)
    return <Visible text={text} className={`block truncate ${className}`} />;
  return (
    <span data-tip={labelText(text)} className={`flex min-w-0 ${className}`}>
      <Visible text={text.slice(0, folder)} className="min-w-[2ch] shrink-[9999] truncate" />
      <Visible text={text.slice(folder)} className="min-w-0 truncate" />
    </span>
  );
}
