import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ArtifactHead, Contents, nodesTitle } from "#components/artifact/artifact-head.tsx";
import { AttachedDocuments } from "#components/artifact/attached-documents.tsx";
import { ExportLinks } from "#components/artifact/export-links.tsx";
import { FileTree } from "#components/artifact/file-tree.tsx";
import { KindBar } from "#components/artifact/kind-bar.tsx";
import { LayerFilter } from "#components/artifact/layer-filter.tsx";
import { LayerLog } from "#components/artifact/layer-log.tsx";
import { ManifestNotice } from "#components/artifact/manifest-notice.tsx";
import { NameHistory } from "#components/artifact/name-history.tsx";
import { NeedsSummary } from "#components/artifact/needs-summary.tsx";
import { NODE_PARAMETERS, nodeAddress, toNodeFilter } from "#components/artifact/node-address.ts";
import { NodeTable } from "#components/artifact/node-table.tsx";
import { NodeWindow } from "#components/artifact/node-window.tsx";
import { ProblemList } from "#components/artifact/problem-list.tsx";
import { SbomNotice } from "#components/artifact/sbom-notice.tsx";
import { SizeFilter } from "#components/artifact/size-filter.tsx";
import { Unowned } from "#components/artifact/unowned-files.tsx";
import { Waste } from "#components/artifact/waste-table.tsx";
import { ClosureBlock } from "#components/charts/closure-block.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { decodeSegment, type SearchParams, toggled } from "#components/ui/search-params.ts";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { type SortLink, sortLinks } from "#components/ui/sort-links.ts";
import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, candidatePath, filesPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import { UsageError } from "#lib/model/problem.ts";
import { MAX_PLAIN_ROWS, PAGE_ROWS } from "#lib/model/row-page.ts";
import { type ArtifactView, loadArtifact, type NodeSort } from "#lib/views/artifact.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

/** Maximum number of open directories: each is another list on the page. */
const MAX_OPEN = 64;

const artifactAddress = defineAddress({
  ...NODE_PARAMETERS,
  nodes: parameter.limit({ initial: 25, step: 100, max: 250 }),
  wasted: parameter.limit({ initial: 12, step: 100, max: 120 }),
  files: parameter.limit({ initial: 100, step: 300, max: 400 }),
  problems: parameter.limit({ initial: 50, step: 100, max: 150 }),
  names: parameter.limit({ initial: 12, step: 100, max: 120 }),
  open: parameter.list(MAX_OPEN),
});
type ArtifactParams = ValuesOf<typeof artifactAddress>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: labelText((await findArtifactTitle(decodeSegment((await params).id))) ?? notFound()) };
}

export default async function ArtifactPage(props: Props) {
  const params = artifactAddress.parse(await props.searchParams);
  const text = decodeSegment((await props.params).id);
  const view = await named(
    loadArtifact({
      text,
      nodes: { ...toNodeFilter(params), limit: params.nodes },
      wastedLimit: params.wasted,
      filesLimit: params.files,
      open: params.open,
    }),
  );
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  const address: PartProps["address"] = (changes) =>
    artifactAddress.format(artifactPath(view.artifact.digest), { ...params, ...changes });
  const more: PartProps["more"] = (name) => artifactAddress.more(artifactPath(view.artifact.digest), params, name);
  return (
    <Page>
      <ArtifactHead artifact={view.artifact} now={Date.now()} />
      {view.artifact.manifestOnly ? (
        <>
          <ManifestNotice source={view.artifact.source} />
          <Picture view={view} />
        </>
      ) : (
        <>
          <Contents
            artifact={view.artifact}
            wastedCount={view.wasted.count}
            attachedCount={view.attached.attachments.length}
          />
          <Picture view={view} />
          <Components view={view} params={params} address={address} more={more} />
          {view.artifact.kind === "image" ? (
            <ImageParts view={view} params={params} address={address} more={more} />
          ) : null}
          <ExportLinks digest={view.artifact.digest} />
        </>
      )}
      <AttachedDocuments attached={view.attached} />
      <NameHistory names={view.names} now={Date.now()} limit={params.names} moreHref={more("names")} />
      {view.artifact.problems.length > 0 ? (
        <Section id="problems" title="Scan warnings" note={formatCounted(view.artifact.problems.length, "warning")}>
          <ProblemList problems={view.artifact.problems} limit={params.problems} moreHref={more("problems")} />
        </Section>
      ) : null}
    </Page>
  );
}

function Picture({ view: { artifact, column, layers } }: { view: ArtifactView }) {
  if (column.kind === "sbom") return <SbomNotice fileCount={artifact.fileCount} />;
  if (column.kind === "closure") {
    return (
      <div className="mt-8">
        <ClosureBlock {...column} itemCount={artifact.nodeCount} digest={artifact.digest} />
      </div>
    );
  }
  return (
    <section id="layers" aria-label="Layers" className="mt-6">
      <LayerLog digest={artifact.digest} layers={layers} bytes={column.bytes} manifestOnly={column.manifestOnly} />
      <p className="mt-2 flex justify-between text-xs text-dim">
        <span>
          {column.manifestOnly
            ? "Newest on top, thickness by bytes to download. "
            : "Newest on top, thickness by content. Hatched: no container sees it. "}
          Coloured: also in other images here.
        </span>
        <CsvLink href={`${artifactPath(artifact.digest)}/layers.csv`} />
      </p>
    </section>
  );
}

interface PartProps {
  readonly view: ArtifactView;
  readonly params: ArtifactParams;
  readonly address: (changes: Partial<ArtifactParams>) => string;
  readonly more: (list: keyof ArtifactParams) => string | undefined;
}

function Components({ view, params, address, more }: PartProps) {
  const { artifact, kinds, nodes } = view;
  return (
    <Section
      id="components"
      title={nodesTitle(artifact)}
      note={formatCounted(nodes.matching, "node")}
      tools={
        <>
          <SearchField parameter="q" label="Filter by name" resets={["nodes", "row"]} />
          <CsvLink href={`${artifactPath(artifact.digest)}/nodes.csv`} />
        </>
      }
    >
      {kinds.length > 1 ? (
        <KindBar
          kinds={kinds}
          unit={unitOf(artifact)}
          chosen={params.kind}
          toggleHref={(kind) => address({ kind: toggled(params.kind, kind), row: 0 })}
        />
      ) : null}
      {artifact.nodeCount > MAX_PLAIN_ROWS && unitOf(artifact) === "bytes" ? (
        <SizeFilter min={params.min} hrefOf={(min) => address({ min, row: 0 })} />
      ) : null}
      {artifact.kind === "image" && artifact.layerCount > 1 ? (
        <div className="mb-3">
          <LayerFilter
            label="With files in layer"
            count={artifact.layerCount}
            chosen={params.layer}
            hrefOf={(layer) => address({ layer, row: 0 })}
          />
        </div>
      ) : null}
      <Nodes view={view} params={params} address={address} more={more} />
    </Section>
  );
}

const NODE_SORTS = ["retained", "closure", "self", "references", "referrers", "name"] as const;

/** The whole table of a few hundred nodes, and a window over more. */
function Nodes({ view: { artifact, nodes }, params, address, more }: PartProps) {
  const sortBy = sortLinks(
    { sort: params.sort ?? "retained", direction: params.direction ?? "desc" },
    (sort: NodeSort, direction) => address({ sort, direction, row: 0 }),
  );
  const common = { digest: artifact.digest, unit: unitOf(artifact) };
  if (nodes.matching <= MAX_PLAIN_ROWS)
    return <NodeTable {...common} nodes={nodes} sortBy={sortBy} moreHref={more("nodes")} />;
  const rowsHref = nodeAddress.format(`${artifactPath(artifact.digest)}/nodes`, { ...params, row: 0 });
  return (
    <NodeWindow
      key={rowsHref}
      {...common}
      sorts={Object.fromEntries(NODE_SORTS.map((sort) => [sort, sortBy(sort)])) as Record<NodeSort, SortLink>}
      rowsHref={rowsHref}
      count={nodes.matching}
      row={params.row}
      loadedFrom={params.row - (params.row % PAGE_ROWS)}
      rows={nodes.rows}
    />
  );
}

function ImageParts({ view, params, address, more }: PartProps) {
  const { artifact, wasted, unowned, needs, directories, owners } = view;
  return (
    <>
      <NeedsSummary digest={artifact.digest} needs={needs} />
      <Unowned digest={artifact.digest} unowned={unowned} />
      <Waste
        digest={artifact.digest}
        wasted={wasted}
        tools={<CsvLink href={`${artifactPath(artifact.digest)}/wasted.csv`} />}
        moreHref={more("wasted")}
      />
      <Section
        id="files"
        title="Files"
        note="visible in a container, largest first"
        tools={
          <Link href={filesPath(artifact.digest)} prefetch={false} className="text-link">
            All files in one table
          </Link>
        }
      >
        <FileTree
          digest={artifact.digest}
          directories={directories}
          owners={owners}
          toggleHref={(path) => address({ open: toggled(params.open, path) })}
          moreHref={more("files")}
        />
      </Section>
    </>
  );
}
