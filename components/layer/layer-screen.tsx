import Link from "next/link";
import { ManifestNotice } from "#components/artifact/manifest-notice.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { artifactPath, layerPath } from "#lib/display/paths.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import type { LayerShow } from "#lib/model/layer-files.ts";
import type { LayerView } from "#lib/views/layer.ts";
import { History, ImageFacts, LayerFacts } from "./image-facts.tsx";
import { LayerFigureLinks, ShowTabs } from "./layer-figures.tsx";
import { LayerKeys } from "./layer-keys.tsx";
import { LayerPlace } from "./layer-place.tsx";
import { LayerTree, type LayerTreeLinks } from "./layer-tree.tsx";
import { LayerVerdict } from "./layer-verdict.tsx";

export interface LayerScreenProps extends LayerTreeLinks {
  readonly view: LayerView;
  readonly show: LayerShow | undefined;
  /** The URL that lists only these files; all if it is `undefined`. */
  readonly showHref: (show: LayerShow | undefined) => string;
}

/** One layer of an image: where it is, what its step did, and what became of its files. */
export function LayerScreen(props: LayerScreenProps) {
  const { view } = props;
  return (
    <>
      <Head view={view} />
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,25rem)_minmax(0,1fr)]">
        <div className="min-w-0 max-lg:order-2">
          <LayerPlace view={view} />
          <ImageFacts artifact={view.artifact} settings={view.settings} />
          <LayerFacts layer={view.layer} />
        </div>
        <div className="min-w-0">
          <Step view={view} />
          <Contents {...props} />
        </div>
      </div>
      <History view={view} />
    </>
  );
}

function Head({ view: { artifact, layer, layers } }: Pick<LayerScreenProps, "view">) {
  const isHidden = (layer.contentSize ?? 0) > 0 && layer.wastedSize === layer.contentSize;
  const lower = layer.position > 0 ? layerPath(artifact.digest, layer.position - 1) : undefined;
  const upper = layer.position < layers.length - 1 ? layerPath(artifact.digest, layer.position + 1) : undefined;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
      <div className="min-w-0">
        <p className="mb-1 text-[0.8125rem] text-dim">
          <Link href={artifactPath(artifact.digest)} className="text-link">
            <Visible text={artifact.name} />
          </Link>
          {" / "}
          <Link href={`${artifactPath(artifact.digest)}#layers`} className="quiet-link">
            Layers
          </Link>
        </p>
        <h1 className="flex flex-wrap items-center gap-x-3 text-2xl font-medium tracking-tight">
          Layer {layer.position}
          {isHidden ? (
            <span className="rounded-full border border-warn px-2 text-xs font-normal tracking-normal text-warn">
              all of it hidden
            </span>
          ) : null}
        </h1>
      </div>
      <nav aria-label="Neighbouring layers" className="flex gap-2.5">
        <Neighbour href={lower} id="lower-layer" label="Layer below" keyName="[">
          ↓ {layer.position - 1}
        </Neighbour>
        <Neighbour href={upper} id="upper-layer" label="Layer above" keyName="]">
          {layer.position + 1} ↑
        </Neighbour>
      </nav>
      <LayerKeys position={layer.position} />
    </div>
  );
}

interface NeighbourProps {
  readonly href: string | undefined;
  readonly id: string;
  readonly label: string;
  readonly keyName: string;
  readonly children: React.ReactNode;
}

function Neighbour({ href, id, label, keyName, children }: NeighbourProps) {
  if (href === undefined) return null;
  return (
    <Link
      id={id}
      href={href}
      prefetch={false}
      className="button"
      aria-keyshortcuts={keyName}
      data-tip={`${label} (${keyName})`}
    >
      <span className="sr-only">{label}: </span>
      <span>{children}</span>
    </Link>
  );
}

/** The step as the history has it. */
function Step({ view: { layer, settings } }: Pick<LayerScreenProps, "view">) {
  const made = tidyCreatedBy(layer.createdBy);
  const comment = settings?.history.filter(({ isEmpty }) => !isEmpty)[layer.position]?.comment ?? "";
  const text = made === "" ? comment : made;
  return (
    <section aria-label="Step" className="max-h-56 overflow-y-auto rounded-lg border border-line bg-sunken px-4 py-3">
      {text === "" ? (
        <p className="text-[0.8125rem] text-dim">Step not recorded in the image.</p>
      ) : (
        <p className="font-mono text-[0.8125rem] break-words whitespace-pre-wrap">
          <StepText text={text} />
        </p>
      )}
    </section>
  );
}

/** Texts are cut where all others are; this one has the page to itself, so it is shown in parts. */
function StepText({ text }: { text: string }) {
  // Parts have no identity except their position, and never move.
  const parts = (text.match(/[\s\S]{1,400}/g) ?? []).map((part, place) => ({ part, key: `${place}` }));
  return parts.map(({ part, key }) => <Visible key={key} text={part} />);
}

function Contents(props: LayerScreenProps) {
  const { view, show, showHref } = props;
  const { artifact, layer, answer } = view;
  if (answer === undefined) return <ManifestNotice source={artifact.source} />;
  return (
    <>
      <LayerFigureLinks view={view} answer={answer} show={show} showHref={showHref} />
      <LayerVerdict view={view} answer={answer} />
      <Section
        id="files"
        title="Files"
        tools={
          <>
            <SearchField parameter="q" label="Find a path" resets={["open", "rows"]} />
            <CsvLink href={`${layerPath(artifact.digest, layer.position)}/files.csv`} />
          </>
        }
      >
        <ShowTabs figures={answer.figures} show={show} showHref={showHref} />
        <LayerTree {...props} answer={answer} />
      </Section>
    </>
  );
}
