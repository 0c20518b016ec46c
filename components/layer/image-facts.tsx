import Link from "next/link";
import type { ReactNode } from "react";
import { Digest } from "#components/ui/digest.tsx";
import { ListedTexts } from "#components/ui/listed-texts.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { layerPath } from "#lib/display/paths.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import type { ImageSettings } from "#lib/model/image-settings.ts";
import type { ArtifactDetail, LayerRow, LayerView } from "#lib/views/layer.ts";

interface ImageFactsProps {
  readonly artifact: Pick<ArtifactDetail, "createdAt" | "source">;
  readonly settings: ImageSettings | undefined;
}

/** How the image runs, and what is not set where that matters. */
export function ImageFacts({ artifact, settings }: ImageFactsProps) {
  return (
    <section aria-labelledby="configuration" className="mt-7 border-t border-line pt-4">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 id="configuration" className="text-sm font-medium">
          Image configuration
        </h2>
        {settings === undefined || settings.history.length === 0 ? null : (
          <a href="#history" className="text-link text-xs">
            Full history, {formatCounted(settings.history.length, "step")}
          </a>
        )}
      </div>
      {settings === undefined ? (
        <p className="text-[0.8125rem] text-dim">
          Not recorded: the image was scanned by an earlier version. Scan it again to add it.
        </p>
      ) : (
        <SettingList settings={settings} createdAt={artifact.createdAt} />
      )}
    </section>
  );
}

function SettingList({ settings, createdAt }: { settings: ImageSettings; createdAt: string }) {
  const { entrypoint, command, workingDir, environment, user, ports, volumes, labels, stopSignal } = settings;
  return (
    <>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
        <Fact name="Entrypoint" values={entrypoint.length === 0 ? [] : [entrypoint.join(" ")]} none="none" />
        <Fact name="Command" values={command.length === 0 ? [] : [command.join(" ")]} none="none" />
        <Fact name="Working dir" values={workingDir === "" ? [] : [workingDir]} none="not set: /" />
        <Fact name="Environment" values={environment} none="none" />
        <Fact name="User" values={user === "" ? [] : [user]} none="not set: runs as root" />
        <Fact name="Ports" values={ports} none="none" />
        <Fact name="Volumes" values={volumes} none="none" />
        <Fact name="Labels" values={labels.map(({ name, value }) => `${name}=${value}`)} none="none" />
        {stopSignal === "" ? null : <Fact name="Stop signal" values={[stopSignal]} none="" />}
        <Fact name="Created" values={createdAt === "" ? [] : [createdAt]} none="not recorded" />
      </dl>
      {settings.isCut ? (
        <p className="mt-2 text-xs text-dim">The configuration is longer; this is its beginning.</p>
      ) : null}
    </>
  );
}

/** Values listed before the others are folded. */
const SHOWN_VALUES = 6;

function Fact({ name, values, none }: { name: string; values: readonly string[]; none: string }) {
  const more = values.slice(SHOWN_VALUES);
  return (
    <>
      <dt className="text-dim">{name}</dt>
      <dd className="min-w-0 font-mono break-words">
        {values.length === 0 ? (
          <span className="text-dim">{none}</span>
        ) : (
          <ListedTexts texts={values.slice(0, SHOWN_VALUES)} />
        )}
        {more.length === 0 ? null : (
          <details>
            <summary className="text-link inline-block font-sans">{formatCount(more.length)} more</summary>
            <ListedTexts texts={more} />
          </details>
        )}
      </dd>
    </>
  );
}

/** The layer's identity. */
export function LayerFacts({ layer }: { layer: LayerRow }) {
  const { diffId, chainId, digest, mediaType, imageCount, entryCount } = layer;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ["DiffID", <Digest key="diffId" value={diffId} what="DiffID" />],
    ["ChainID", <Digest key="chainId" value={chainId} what="ChainID" />],
    ["Digest", <Digest key="digest" value={digest} />],
    ["Media type", <Visible key="type" text={mediaType} />],
    ["Found in", imageCount === 1 ? "only this image" : formatCounted(imageCount, "image")],
    ["Entries", entryCount === undefined ? "not known" : formatCount(entryCount)],
  ];
  return (
    <dl
      aria-label="Identity of the layer"
      className="mt-5 grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 border-t border-line pt-4 text-xs leading-6"
    >
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-dim">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Every step, also those that made no layer, oldest first. */
export function History({ view: { artifact, layers, layer, settings } }: { view: LayerView }) {
  if (settings === undefined || settings.history.length === 0) return null;
  let next = 0;
  const steps = settings.history.map((step, i) => {
    return { ...step, key: `${i}`, position: step.isEmpty ? undefined : next++ };
  });
  const isMatched = next === layers.length;
  return (
    <Section id="history" title="Full history" note={`${formatCounted(steps.length, "step")}, oldest first`}>
      <ol data-current-in-view className="max-h-[32rem] overflow-y-auto border-y border-line text-xs">
        {steps.map(({ position, createdBy, comment, created, key }) => {
          const made = position === undefined || !isMatched ? undefined : layers[layers.length - 1 - position];
          const text = tidyCreatedBy(made === undefined ? createdBy : made.createdBy) || comment;
          return (
            <li
              key={key}
              aria-current={made?.position === layer.position ? "step" : undefined}
              className="flex gap-3 border-b border-line px-2 py-1.5 last:border-b-0 aria-[current]:bg-wash"
            >
              <span className="w-7 shrink-0 text-right tabular-nums">
                {made === undefined ? null : (
                  <Link href={layerPath(artifact.digest, made.position)} prefetch={false} className="text-link">
                    {made.position}
                  </Link>
                )}
              </span>
              <span className="min-w-0 flex-1 font-mono break-words">
                {text === "" ? <span className="font-sans text-dim">Step not recorded</span> : <Visible text={text} />}
              </span>
              <span className="shrink-0 text-dim max-sm:hidden">{made === undefined ? "no layer" : null}</span>
              <span className="w-36 shrink-0 text-right text-dim max-md:hidden">
                <Visible text={created.slice(0, 19).replace("T", " ")} />
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
