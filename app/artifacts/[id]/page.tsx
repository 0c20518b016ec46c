import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ArtifactHead, Contents } from "#components/artifact/artifact-head.tsx";
import { FileTree } from "#components/artifact/file-tree.tsx";
import { KindBar } from "#components/artifact/kind-bar.tsx";
import { LayerLog } from "#components/artifact/layer-log.tsx";
import { NodeTable } from "#components/artifact/node-table.tsx";
import { ProblemList } from "#components/artifact/problem-list.tsx";
import { Waste } from "#components/artifact/waste-table.tsx";
import { ClosureBlock } from "#components/charts/closure-block.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { decodeSegment, moreHref, type SearchParams, toggled } from "#components/ui/search-params.ts";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, candidatePath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { type ArtifactView, loadArtifact } from "#lib/views/artifact.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../named.ts";
import {
  type ArtifactParams,
  artifactAddress,
  artifactParams,
  MAX_FILES,
  MAX_NODES,
  MAX_PROBLEMS,
  MAX_WASTED,
} from "./artifact-params.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

const MORE_NODES = 100;
const MORE_WASTED = 100;
const MORE_FILES = 300;
const MORE_PROBLEMS = 100;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: labelText((await findArtifactTitle(decodeSegment((await params).id))) ?? notFound()) };
}

export default async function ArtifactPage(props: Props) {
  const params = artifactParams.parse(await props.searchParams);
  const text = decodeSegment((await props.params).id);
  const view = await named(
    loadArtifact({
      text,
      nodes: {
        text: params.q,
        kinds: params.kind,
        sort: params.sort,
        direction: params.direction,
        limit: params.nodes,
      },
      wastedLimit: params.wasted,
      filesLimit: params.files,
      open: params.open,
    }),
  );
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  const address = (changes: Partial<ArtifactParams>, anchor?: string) =>
    artifactAddress(artifactPath(view.artifact.digest), params, changes, anchor);
  return (
    <Page>
      <ArtifactHead artifact={view.artifact} now={Date.now()} />
      <Contents artifact={view.artifact} wastedCount={view.wasted.count} />
      <Picture view={view} />
      <Components view={view} params={params} address={address} />
      {view.artifact.kind === "image" ? <ImageParts view={view} params={params} address={address} /> : null}
      {view.artifact.problems.length > 0 ? (
        <Section id="problems" title="Scan warnings" note={formatCounted(view.artifact.problems.length, "warning")}>
          <ProblemList
            problems={view.artifact.problems}
            limit={params.problems}
            moreHref={moreHref({ shown: params.problems, more: MORE_PROBLEMS, most: MAX_PROBLEMS }, (problems) =>
              address({ problems }),
            )}
          />
        </Section>
      ) : null}
    </Page>
  );
}

function Picture({ view: { artifact, column, layers } }: { view: ArtifactView }) {
  if (column.kind === "closure") {
    return (
      <div className="mt-8">
        <ClosureBlock
          nodes={column.nodes}
          bytes={column.bytes}
          itemCount={artifact.nodeCount}
          digest={artifact.digest}
        />
      </div>
    );
  }
  return (
    <section id="layers" aria-label="Layers" className="mt-6">
      <LayerLog layers={layers} bytes={column.bytes} />
      <p className="mt-2 flex justify-between text-xs text-dim">
        <span>
          Newest on top, thickness by content. Hatched: no container sees it. Coloured: other images here have the layer
          too.
        </span>
        <CsvLink href={`${artifactPath(artifact.digest)}/layers.csv`} />
      </p>
    </section>
  );
}

interface PartProps {
  readonly view: ArtifactView;
  readonly params: ArtifactParams;
  readonly address: (changes: Partial<ArtifactParams>, anchor?: string) => string;
}

function Components({ view, params, address }: PartProps) {
  const { artifact, kinds, nodes } = view;
  return (
    <Section
      id="components"
      title={artifact.kind === "image" ? "Components" : "Store items"}
      note={formatCounted(nodes.matching, "node")}
      tools={
        <>
          <SearchField parameter="q" label="Filter by name" resets={["nodes"]} />
          <CsvLink href={`${artifactPath(artifact.digest)}/nodes.csv`} />
        </>
      }
    >
      {kinds.length > 1 ? (
        <KindBar
          kinds={kinds}
          chosen={params.kind}
          toggleHref={(kind) => address({ kind: toggled(params.kind, kind) })}
        />
      ) : null}
      <NodeTable
        digest={artifact.digest}
        nodes={nodes}
        sortBy={sortLinks(
          { sort: params.sort ?? "retained", direction: params.direction ?? "desc" },
          (sort, direction) => address({ sort, direction }),
        )}
        moreHref={moreHref({ shown: params.nodes, more: MORE_NODES, most: MAX_NODES }, (limit) =>
          address({ nodes: limit }),
        )}
      />
    </Section>
  );
}

function ImageParts({ view, params, address }: PartProps) {
  const { artifact, wasted, directories, owners } = view;
  return (
    <>
      <Waste
        wasted={wasted}
        tools={<CsvLink href={`${artifactPath(artifact.digest)}/wasted.csv`} />}
        moreHref={moreHref({ shown: params.wasted, more: MORE_WASTED, most: MAX_WASTED }, (limit) =>
          address({ wasted: limit }),
        )}
      />
      <Section id="files" title="Files" note="what a container sees, largest first">
        <FileTree
          digest={artifact.digest}
          directories={directories}
          owners={owners}
          toggleHref={(path) => address({ open: toggled(params.open, path) })}
          moreHref={moreHref({ shown: params.files, more: MORE_FILES, most: MAX_FILES }, (files) => address({ files }))}
        />
      </Section>
    </>
  );
}
