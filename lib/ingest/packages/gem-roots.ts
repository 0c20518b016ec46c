import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import type { BundledGems } from "./gem-applications.ts";
import type { FoundGems } from "./gems.ts";

/**
 * The gems that were asked for: the started application, which leads to those that its Gemfile names, or those gems themselves if it is
 * no component. Without a Gemfile.lock: the gems without referrers, except those that are part of Ruby.
 */
export function addRequestedGems(
  discovery: Discovery,
  { instances, all }: FoundGems,
  bundled: BundledGems | undefined,
  referred: Uint8Array,
): void {
  if (bundled?.application !== undefined) discovery.addRoot(bundled.application.index, RootReason.entrypoint);
  else if (bundled !== undefined) {
    for (const wanted of bundled.wanted) {
      const found = all.find(bundled.directory, wanted);
      if (found !== undefined) discovery.addRoot(found.index, RootReason.named);
    }
  } else {
    for (const { index, isDefault } of instances) {
      if (!isDefault && referred[index] === 0) discovery.addRoot(index, RootReason.unreferred);
    }
  }
}
