import { InputError } from "#lib/model/problem.ts";
import type { ExpansionLimits } from "./limits.ts";

/** Throws InputError (`limit-exceeded`) if so many bytes may not come of those that were read. */
export function checkExpansion(
  { freeBytes, ratio, expandedBytes }: ExpansionLimits,
  { read, expanded }: { readonly read: number; readonly expanded: number },
): void {
  const isBomb = expanded > freeBytes && expanded > read * ratio;
  if (!isBomb && expanded <= expandedBytes) return;
  const message = isBomb
    ? `expands more than ${ratio} : 1 (${expanded} bytes from ${read})`
    : `expands to more than ${expandedBytes} bytes`;
  throw new InputError("limit-exceeded", `byte ${read}`, message);
}
