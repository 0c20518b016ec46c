import Link from "next/link";
import { Chips } from "#components/ui/chips.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { KIND_LABELS } from "#lib/display/colours.ts";
import { NEED_WORDS } from "#lib/display/need-words.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { NEED_LISTS, type NeedList } from "#lib/model/needs-answer.ts";
import type { NeedRows, NeedSort, NeedsView } from "#lib/views/needs.ts";
import { UnaskedTable, UndeclaredTable, UnmetTable, UnusedTable } from "./need-tables.tsx";

export interface NeedsScreenProps {
  readonly view: NeedsView;
  /** Kinds that are filtered for. */
  readonly chosen: readonly string[];
  readonly listHref: (list: NeedList) => string;
  readonly kindHref: (kind: string) => string;
  readonly sortBy: (sort: NeedSort) => SortLink;
  readonly moreHref: string | undefined;
}

/** What an image needs and does not have, where declarations and files disagree, and what nothing asked for: one list at a time. */
export function NeedsScreen({ view, chosen, listHref, kindHref, sortBy, moreHref }: NeedsScreenProps) {
  const { artifact, list } = view;
  const { title, definition } = NEED_WORDS[list];
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">
        What is needed in{" "}
        <Link href={artifactPath(artifact.digest)} className="text-link">
          <Visible text={artifact.name} />
        </Link>
      </p>
      <h1 className="text-2xl font-medium tracking-tight">Needs</h1>
      <div className="mt-4 -ml-2">
        <Chips
          label="Lists"
          chips={NEED_LISTS.map((each) => ({
            key: each,
            href: listHref(each),
            chosen: each === list,
            label: <ListLabel list={each} view={view} />,
          }))}
        />
      </div>
      <section aria-labelledby="list" className="mt-8">
        <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <h2 id="list" className="text-base font-medium tracking-tight">
            {title}
          </h2>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[0.8125rem]">
            <SearchField parameter="q" label="Filter by name" resets={["rows"]} />
            <CsvLink href={`${artifactPath(artifact.digest)}/${list}.csv`} />
          </div>
        </div>
        <p className="mb-3 max-w-3xl text-[0.8125rem] text-dim">{definition}</p>
        <Kinds kinds={rowsOf(view)?.kinds ?? []} chosen={chosen} hrefOf={kindHref} />
        <List view={view} sortBy={sortBy} moreHref={moreHref} />
      </section>
    </>
  );
}

function rowsOf({ unmet, undeclared, unused, unasked }: NeedsView): NeedRows<unknown> | undefined {
  return unmet ?? undeclared ?? unused ?? unasked;
}

function ListLabel({ list, view: { counts } }: { list: NeedList; view: NeedsView }) {
  const bytes = list === "unasked" && counts.unasked > 0 ? `, ${formatBytes(counts.unaskedSize)}` : "";
  return (
    <>
      {NEED_WORDS[list].title}{" "}
      <span className="text-dim">
        {formatCount(counts[list])}
        {bytes}
      </span>
    </>
  );
}

interface KindsProps {
  readonly kinds: NeedRows<unknown>["kinds"];
  readonly chosen: readonly string[];
  readonly hrefOf: (kind: string) => string;
}

/** The filter by ecosystem, where there are several. */
function Kinds({ kinds, chosen, hrefOf }: KindsProps) {
  if (kinds.length < 2 && chosen.length === 0) return null;
  return (
    <div className="mb-2 -ml-2">
      <Chips
        label="Kinds of component"
        chips={kinds.map(({ kind, count }) => ({
          key: kind,
          href: hrefOf(kind),
          chosen: chosen.includes(kind),
          label: (
            <>
              <KindMark kind={kind} />
              {KIND_LABELS[kind]} {formatCount(count)}
            </>
          ),
        }))}
      />
    </div>
  );
}

type ListProps = Pick<NeedsScreenProps, "view" | "sortBy" | "moreHref">;

function List({ view, sortBy, moreHref }: ListProps) {
  const { artifact, unmet, undeclared, unused, unasked, rootCount, isObserved } = view;
  const common = { digest: artifact.digest, sortBy, moreHref };
  if (unmet !== undefined) return <UnmetTable list={unmet} {...common} />;
  if (unasked !== undefined) {
    if (rootCount > 0) return <UnaskedTable list={unasked} {...common} />;
    return (
      <Nothing>
        No component is known to be installed explicitly or started, so nothing can be said about the others.
      </Nothing>
    );
  }
  if (!isObserved)
    return (
      <Nothing>
        No file was seen to use one of another component, so there is nothing to compare declarations with.
      </Nothing>
    );
  if (undeclared !== undefined) return <UndeclaredTable list={undeclared} {...common} />;
  return unused === undefined ? null : <UnusedTable list={unused} {...common} />;
}

function Nothing({ children }: { children: string }) {
  return <p className="text-[0.8125rem]">{children}</p>;
}
