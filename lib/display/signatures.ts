import type { SignatureCheck, SignatureCounts } from "#lib/model/signature.ts";
import { formatCount, formatCounted } from "./bytes.ts";

/** What the signatures of one item of a closure are worth: `verified: cache.example.org-1`. */
export function signatureWords({ status, keyName = "" }: SignatureCheck): string {
  if (status === "verified") return `verified: ${keyName}`;
  if (status === "wrong") return `not verified: the signature by ${keyName} is wrong`;
  return status === "unsigned" ? "not verified: it has no signature" : "no key: signed, but by none of the given keys";
}

/** How many items of a closure are signed by each key that was given; "" if none was. */
export function formatSigned({ items, verified }: SignatureCounts): string {
  return Object.entries(verified)
    .map(([name, count]) => `${formatCount(count)} of ${formatCounted(items, "path")} signed by ${name}`)
    .join(", ");
}

/** The same, and why the others are not verified. */
export function formatSignatures(counts: SignatureCounts): string {
  const { noKey, unsigned, wrong } = counts;
  const others = [
    [noKey, "by other keys"],
    [unsigned, "without a signature"],
    [wrong, "with a wrong signature"],
  ] as const;
  const words = others.flatMap(([count, what]) => (count === 0 ? [] : [`${formatCount(count)} ${what}`]));
  return [formatSigned(counts), ...words].filter((word) => word !== "").join(", ");
}
