const PARTS = /\d+|\D+/g;

/**
 * Orders versions of any ecosystem: runs of digits by value, the rest by code unit. Used only to pair versions of one name, so
 * no ecosystem's own rules (epochs, tildes) apply.
 */
export function compareVersions(a: string, b: string): number {
  const left = a.match(PARTS) ?? [];
  const right = b.match(PARTS) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareParts(left[i]!, right[i]!);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareParts(a: string, b: string): number {
  const left = toDigits(a);
  const right = toDigits(b);
  if (left === undefined || right === undefined) return compareText(a, b);
  return left.length - right.length || compareText(left, right);
}

/** The digits without leading zeros: as text, since a version may have more digits than a number can represent. */
function toDigits(part: string): string | undefined {
  return /^\d/.test(part) ? part.replace(/^0+(?=\d)/, "") : undefined;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
