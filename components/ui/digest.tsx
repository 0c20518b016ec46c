import { shortDigest } from "#lib/model/short-digest.ts";
import { CopyText } from "./copy-text.tsx";

/** A digest: short, monospace, dimmed; a click copies all of it. */
export function Digest({ value, what = "digest" }: { value: string; what?: string }) {
  return (
    <CopyText text={value} what={what} className="font-mono text-xs text-dim">
      {shortDigest(value)}
    </CopyText>
  );
}
