import Link from "next/link";
import { REBASE_PATH, rebaseAddress } from "#components/rebase/rebase-address.ts";
import { diffPath } from "#components/set/set-address.ts";
import { Ago } from "#components/ui/bytes.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { changesWords, freedBytesWords, NOT_STALE_WORDS } from "#lib/display/lineage-words.ts";
import type { MovedBase, PlannedImage, StaleAnswer } from "#lib/model/lineage.ts";
import { LINEAGE_PATH, type LineageParams, lineageAddress } from "./lineage-address.ts";
import { PlanTable } from "./plan-table.tsx";

/** Bases listed above the plan. */
const MAX_BASES = 12;

interface StaleSectionProps {
  readonly stale: StaleAnswer;
  readonly params: LineageParams;
  /** Milliseconds since the epoch: when the page was made. */
  readonly now: number;
}

/** The images on an older snapshot, and the plan to build them again. */
export function StaleSection({ stale, params, now }: StaleSectionProps) {
  const { images, bases, total, freed } = stale;
  if (images.length === 0) {
    return (
      <Section id="stale" title="No image is known to be stale">
        <p className="text-[0.8125rem] text-dim">{NOT_STALE_WORDS}</p>
      </Section>
    );
  }
  const baseOf = new Map(bases.map((base) => [base.id, base]));
  return (
    <Section
      id="stale"
      title={`${formatCounted(images.length, "image")} ${images.length === 1 ? "is" : "are"} stale`}
      tools={
        <>
          <a href={`${LINEAGE_PATH}/stale.json`} className="text-dim hover:text-accent">
            JSON
          </a>
          <CsvLink href={`${LINEAGE_PATH}/stale.csv`} />
        </>
      }
    >
      <ul className="mb-3 space-y-1.5 text-[0.8125rem] text-dim">
        {bases.slice(0, MAX_BASES).map((base) => (
          <Moved key={base.id} base={base} now={now} />
        ))}
        {bases.length > MAX_BASES ? (
          <li>{formatCounted(bases.length - MAX_BASES, "more base")}: see the JSON</li>
        ) : null}
      </ul>
      <PlanTable
        label="Rebuild plan"
        plan={images}
        total={total}
        note={(image) => behindWords(image, baseOf)}
        rebaseHref={({ id, base }) => {
          const to = baseOf.get(base)?.newer;
          return to && rebaseAddress.format(REBASE_PATH, { image: id, from: base, to });
        }}
        limit={params.planned}
        moreHref={lineageAddress.more(LINEAGE_PATH, params, "planned", "#stale")}
      />
      <p className="mt-3 text-[0.8125rem] text-dim">
        After that, nothing needs the older {bases.length === 1 ? "base" : "bases"}: deleting{" "}
        {bases.length === 1 ? "it and all images on it" : "them and all images on them"} {freedBytesWords(freed)}.
      </p>
    </Section>
  );
}

function Moved({ base, now }: { base: MovedBase; now: number }) {
  const { id, name, newer, since, delta } = base;
  return (
    <li>
      <span className="break-words text-ink">
        <Visible text={name} />
      </span>{" "}
      moved to a newer snapshot{since === null ? "" : " "}
      {since === null ? null : <Ago at={since} now={now} />}: {changesWords(base)}
      {delta === null ? "" : `, ${formatDelta(delta)}`}.{" "}
      <Link href={diffPath(id, newer)} prefetch={false} className="text-link">
        What differs
      </Link>
    </li>
  );
}

/** What an image is built on again; what differs between both bases is above the plan. */
function behindWords({ base }: PlannedImage, baseOf: ReadonlyMap<string, MovedBase>): string {
  const moved = baseOf.get(base);
  return moved === undefined ? "after its base is rebuilt" : `on ${moved.newerName}`;
}
