import { shortDigest } from "#lib/model/short-digest.ts";
import { CopyText } from "./copy-text.tsx";

/** A digest: short, monospace, dimmed; a click copies the whole. */
export function Digest({ value, what = "digest" }: { value: string; what?: string }) {
  return (
    <CopyText text={value} what={what} className="font-mono text-xs text-dim">
      {shortDigest(value)}
    </CopyText>
  );
}
