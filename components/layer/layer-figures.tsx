import Link from "next/link";
import type { ReactNode } from "react";
import { Bytes } from "#components/ui/bytes.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { SHOW_DEFINITIONS, SHOW_LABELS } from "#lib/display/layer-words.ts";
import type { LayerFigures, LayerShow } from "#lib/model/layer-files.ts";
import type { LayerAnswer, LayerView } from "#lib/views/layer.ts";

interface FigureLinksProps {
  readonly view: LayerView;
  readonly answer: LayerAnswer;
  readonly show: LayerShow | undefined;
  readonly showHref: (show: LayerShow | undefined) => string;
}

/** The sums of the layer; each lists its files. */
export function LayerFigureLinks({ view: { layer }, answer: { figures }, show, showHref }: FigureLinksProps) {
  const { added, changed, same, removed, hidden, hiding } = figures;
  const notes: Readonly<Record<Exclude<LayerShow, "same">, string>> = {
    added: formatCounted(added.count, "file"),
    changed: changed.count === 0 ? "no file of a layer below" : changedNote(changed.count, same.bytes),
    removed: removed.count === 0 ? "no whiteout" : formatCounted(removed.count, "file"),
    hidden:
      hidden.count === 0
        ? "all of it is visible"
        : `${formatCounted(hidden.count, "file")}, empty ones too, ${hidingNote(hiding)}`,
  };
  return (
    <ul className="mt-4 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 xl:grid-cols-5">
      {(["added", "changed", "removed", "hidden"] as const).map((each) => (
        <FigureLink
          key={each}
          show={each}
          isShown={show === each}
          href={showHref(show === each ? undefined : each)}
          bytes={figures[each].bytes}
          note={notes[each]}
        />
      ))}
      <li className="bg-ground px-3.5 py-2.5 max-xl:col-span-2">
        <Download bytes={layer.downloadSize} />
      </li>
    </ul>
  );
}

function changedNote(count: number, sameBytes: number): string {
  const files = formatCounted(count, "file");
  return sameBytes === 0 ? files : `${files}, ${formatBytes(sameBytes)} of it the same content`;
}

function hidingNote(hiding: LayerFigures["hiding"]): string {
  const [first, ...more] = hiding;
  return first === undefined || more.length > 0 ? `by ${hiding.length} layers` : `by layer ${first.layer}`;
}

interface FigureLinkProps {
  readonly show: LayerShow;
  readonly isShown: boolean;
  readonly href: string;
  readonly bytes: number;
  readonly note: string;
}

function FigureLink({ show, isShown, href, bytes, note }: FigureLinkProps) {
  return (
    <li className="bg-ground">
      <Link
        href={href}
        scroll={false}
        prefetch={false}
        aria-current={isShown ? "true" : undefined}
        data-tip={SHOW_DEFINITIONS[show]}
        className="block h-full px-3.5 py-2.5 -outline-offset-2 hover:bg-shade aria-[current]:bg-wash"
      >
        <span className="flex justify-between gap-2 text-xs text-dim">
          <span className={show === "hidden" && bytes > 0 ? "text-warn" : undefined}>{SHOW_LABELS[show]}</span>
          {isShown ? <span className="text-accent">shown</span> : null}
        </span>
        <span className="block text-lg font-medium tracking-tight">
          <Bytes value={bytes} />
        </span>
        <span className="block text-xs text-dim">{note}</span>
      </Link>
    </li>
  );
}

function Download({ bytes }: { bytes: number | undefined }): ReactNode {
  return (
    <>
      <span className="block text-xs text-dim">Download</span>
      <span className="block text-lg font-medium tracking-tight">
        {bytes === undefined ? <span className="text-dim">–</span> : <Bytes value={bytes} />}
      </span>
      <span className="block text-xs text-dim">{bytes === undefined ? "not known from this source" : "as stored"}</span>
    </>
  );
}

interface ShowTabsProps extends Pick<FigureLinksProps, "show" | "showHref"> {
  readonly figures: LayerFigures;
}

/** The same filters with their counts, and all. */
export function ShowTabs({ figures, show, showHref }: ShowTabsProps) {
  const shown = (["added", "changed", "same", "removed", "hidden"] as const).filter(
    (each) => each !== "same" || figures.same.count > 0,
  );
  return (
    <nav aria-label="Files to list" className="mb-3 flex flex-wrap gap-1 text-[0.8125rem]">
      {[undefined, ...shown].map((each) => (
        <Link
          key={each ?? "all"}
          href={showHref(each)}
          scroll={false}
          prefetch={false}
          aria-current={show === each ? "true" : undefined}
          className="inline-flex min-h-7 items-center gap-1.5 rounded-md px-2.5 hover:bg-shade aria-[current]:bg-wash aria-[current]:font-medium aria-[current]:text-accent"
        >
          {each === undefined ? "All" : SHOW_LABELS[each]}
          <span className="text-dim">{formatCount(each === undefined ? figures.all.count : figures[each].count)}</span>
        </Link>
      ))}
    </nav>
  );
}
