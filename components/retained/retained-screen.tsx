import Link from "next/link";
import { Chips } from "#components/ui/chips.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, nodeText, retainedPath, withQuery } from "#lib/display/paths.ts";
import type { RetainedView } from "#lib/views/retained.ts";
import { CycleTable } from "./cycle-table.tsx";
import { type RetainedParams, type RetainedScope, retainedAddress, zoomAddress } from "./retained-address.ts";
import type { ColourBy } from "./retained-colours.ts";
import { RetainedLegend } from "./retained-legend.tsx";
import { RetainedPath } from "./retained-path.tsx";
import { RetainedPicture } from "./retained-picture.tsx";
import { RetainedTable } from "./retained-table.tsx";
import { ZoomKeys } from "./zoom-keys.tsx";

interface RetainedScreenProps {
  readonly view: RetainedView;
  readonly params: RetainedParams;
}

const PICTURE_ID = "picture";

/** What keeps what: one picture that zooms into a part, the way there, and its rows as a table. */
export function RetainedScreen({ view, params }: RetainedScreenProps) {
  const { artifact, nodeCount } = view;
  const path = retainedPath(artifact.digest);
  const colourBy = params.colour ?? (view.severalKinds ? "kind" : "size");
  const upScope = findUp(view);
  const upHref = upScope && zoomAddress(path, params, upScope);
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">
        What keeps what in{" "}
        <Link href={artifactPath(artifact.digest)} className="text-link">
          <Visible text={artifact.name} />
        </Link>
      </p>
      <h1 className="text-2xl font-medium tracking-tight">Retained sizes</h1>
      <p className="mt-1.5 max-w-3xl text-[0.8125rem] text-dim">
        {formatCounted(nodeCount, "node")}, each inside the node that alone keeps it: without that one, it would go.
      </p>
      <div className="mt-5 flex flex-wrap items-center gap-x-6 gap-y-2">
        <Choices params={params} path={path} colourBy={colourBy} hasKinds={view.severalKinds} />
        {upHref === undefined ? null : (
          <Link href={upHref} scroll={false} prefetch={false} className="button">
            One level up <kbd className="ml-1.5 hidden text-xs text-dim sm:inline">⌫</kbd>
          </Link>
        )}
      </div>
      <ZoomKeys upHref={upHref} scope={JSON.stringify(findScope(view))} picture={PICTURE_ID} />
      <div className="mt-3 grid gap-x-6 gap-y-4 lg:grid-cols-[1fr_17rem]">
        <div id={PICTURE_ID} tabIndex={-1} className="min-w-0 outline-offset-4">
          <RetainedPicture view={view} params={params} colourBy={colourBy} />
          <RetainedLegend parts={view.parts} colourBy={colourBy} />
        </div>
        <RetainedPath view={view} params={params} />
      </div>
      <Section
        id="kept"
        title={rowsTitle(view)}
        note={formatCounted(view.rows.count, "row")}
        tools={<CsvLink href={withQuery(`${artifactPath(artifact.digest)}/retained.csv`, { node: params.node })} />}
      >
        <RetainedTable view={view} params={params} />
      </Section>
      <CycleTable view={view} moreHref={retainedAddress.more(path, params, "cycles", "#cycles")} />
    </>
  );
}

function rowsTitle({ path, family, from }: RetainedView): string {
  if (family !== undefined) return "Members";
  if (from > 0) return "Smaller ones";
  return path.length === 0 ? "Kept by no single node" : "Directly kept";
}

function findScope({ path, family, from }: RetainedView): RetainedScope {
  const node = path.at(-1);
  return { node: node && nodeText(node), family, from };
}

/** The part around: without the larger ones left out, then the family's parent, then the node that keeps it. */
function findUp(view: RetainedView): RetainedScope | undefined {
  const { path, family, from } = view;
  const scope = findScope(view);
  if (from > 0) return { ...scope, from: 0 };
  if (family !== undefined) return { node: scope.node };
  if (path.length === 0) return undefined;
  const above = path.at(-2);
  return above === undefined ? {} : { node: nodeText(above) };
}

interface ChoicesProps {
  readonly params: RetainedParams;
  readonly path: string;
  readonly colourBy: ColourBy;
  /** There is more than one kind to tell apart. */
  readonly hasKinds: boolean;
}

const PICTURES = { treemap: "Treemap", icicle: "Icicle" } as const;
const COLOURS = { size: "Colour: itself and kept", kind: "Colour: kind" } as const;

function Choices({ params, path, colourBy, hasKinds }: ChoicesProps) {
  const hrefOf = (changes: Partial<RetainedParams>) => retainedAddress.format(path, { ...params, ...changes });
  return (
    <>
      <Chips
        label="Picture"
        chips={(["treemap", "icicle"] as const).map((picture) => ({
          key: picture,
          href: hrefOf({ picture }),
          chosen: picture === params.picture,
          label: PICTURES[picture],
        }))}
      />
      {hasKinds ? (
        <Chips
          label="Colours"
          chips={(["size", "kind"] as const).map((colour) => ({
            key: colour,
            href: hrefOf({ colour }),
            chosen: colour === colourBy,
            label: COLOURS[colour],
          }))}
        />
      ) : null}
    </>
  );
}
