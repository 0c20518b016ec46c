import { Chips } from "#components/ui/chips.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount } from "#lib/display/bytes.ts";
import type { NamedHolder } from "#lib/model/named-holder.ts";
import { WHATIF_PATH, type WhatifParams, whatifAddress } from "./whatif-address.ts";

/** Versions offered, those in most artifacts first. */
const MAX_VERSIONS = 12;

/** The versions that are in use, with the number of artifacts that have each: one of them asks the question for it alone. */
export function VersionChips({ holders, params }: { holders: readonly NamedHolder[]; params: WhatifParams }) {
  const versions = Map.groupBy(holders, ({ name, version }) => `${name}@${version}`);
  if (versions.size < 2) return null;
  const counts = [...versions].map(([named, rows]) => ({
    named,
    rows,
    count: new Set(rows.map(({ artifactId }) => artifactId)).size,
  }));
  const chips = counts
    .toSorted((a, b) => b.count - a.count || (a.named < b.named ? -1 : 1))
    .slice(0, MAX_VERSIONS)
    .map(({ named, rows, count }) => ({
      key: named,
      chosen: false,
      href: whatifAddress.format(WHATIF_PATH, { ...params, component: [toComponent(rows[0]!)] }),
      label: (
        <>
          <Visible text={named} /> <span className="tabular-nums">{formatCount(count)}</span>
        </>
      ),
    }));
  return (
    <div className="mb-2 -ml-2">
      <Chips label="Versions" chips={chips} />
    </div>
  );
}

/** As the question names it; a store item without a version by its path. */
function toComponent({ name, version, identity }: NamedHolder): string {
  return version === "" ? identity : `${name}@${version}`;
}
