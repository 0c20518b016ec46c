import Link from "next/link";
import { ReadLayers } from "#components/jobs/read-layers.tsx";
import { ChangeImages } from "#components/set/change-images.tsx";
import { Chips } from "#components/ui/chips.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import {
  RELAYER_GOAL_DEFINITIONS,
  RELAYER_GOAL_LABELS,
  relayeredWords,
  updatesWords,
} from "#lib/display/relayer-words.ts";
import { RELAYER_GOALS, type RelayerAnswer } from "#lib/model/relayer-answer.ts";
import type { RelayerView } from "#lib/views/relayer.ts";
import { ImageSection } from "./image-section.tsx";
import { LayerSection } from "./layer-section.tsx";
import { RELAYER_PATH, type RelayerParams, relayerAddress, relayerHref } from "./relayer-address.ts";
import { RelayerForm } from "./relayer-form.tsx";
import { RungSection } from "./rung-section.tsx";
import { UpdateSection } from "./update-section.tsx";
import { WriteSection } from "./write-section.tsx";

interface RelayerScreenProps {
  readonly view: RelayerView;
  readonly params: RelayerParams;
  /** Whether layers may be read for the sender of the request. */
  readonly mayRead: boolean;
}

/** Images cut into other layers before anything is written: the bytes, the layers, and what each update pulls. */
export function RelayerScreen({ view, params, mayRead }: RelayerScreenProps) {
  const { images, goal, answer } = view;
  const hasUpdates = answer?.updates !== undefined && answer.updates.length > 0;
  const question = { image: images.map(({ id }) => id), layers: params.layers, goal };
  const path = relayerAddress.format(`${RELAYER_PATH}/answer`, question);
  return (
    <>
      <nav aria-label="Where this page stands" className="text-[0.8125rem] text-dim">
        <Link href="/lineage" prefetch={false} className="hover:text-accent">
          Lineage
        </Link>
      </nav>
      <h1 className="mt-1 text-2xl font-medium tracking-tight break-words">
        Relayer {images.length === 1 ? <Visible text={images[0]!.name} /> : `${images.length} images`}
      </h1>
      {answer === undefined ? (
        <ReadLayers
          key={path}
          path={path}
          sources={images.map(({ source }) => source)}
          isRemote={view.isRemote}
          mayRead={mayRead}
          undone="No plan yet"
          doing="Planning…"
        />
      ) : (
        <Sentences answer={answer} />
      )}
      <Goals view={view} params={params} />
      <ChangeImages>
        <RelayerForm params={params} />
      </ChangeImages>
      <div className="grid gap-x-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)] lg:grid-rows-[auto_1fr]">
        {answer === undefined ? null : (
          <div className="min-w-0 *:first:mt-8 lg:row-span-2">
            <UpdateSection answer={answer} params={params} />
            <LayerSection answer={answer} params={params} />
            <ImageSection answer={answer} params={params} />
          </div>
        )}
        {answer === undefined ? null : (
          // The picture of the answer comes first on a narrow page, unless that is the one of the updates.
          <div className={`min-w-0 lg:*:first:mt-8 ${hasUpdates ? "" : "max-lg:order-first"}`}>
            <RungSection answer={answer} params={params} />
          </div>
        )}
        <div className="min-w-0">
          <WriteSection view={view} layers={params.layers} />
        </div>
      </div>
    </>
  );
}

/** What the reader came for, in one sentence; for updates, these first. */
function Sentences({ answer }: { answer: RelayerAnswer }) {
  const { goal, updates = [] } = answer;
  return (
    <div data-answer className="mt-2 max-w-5xl break-words">
      {updates.length === 0 ? null : <p>{updatesWords(updates)}</p>}
      <p className={updates.length === 0 ? "" : "mt-1 text-[0.8125rem] text-dim"}>
        <Visible text={relayeredWords(answer)} />
      </p>
      {goal === "update" && updates.length === 0 ? (
        <p className="mt-1 text-[0.8125rem] text-dim">
          The next version pulls only the layers that have changed. Name two or more versions, oldest first, to see the
          bytes.
        </p>
      ) : null}
    </div>
  );
}

function Goals({ view: { goal, images }, params }: Pick<RelayerScreenProps, "view" | "params">) {
  const chips = RELAYER_GOALS.map((each) => ({
    key: each,
    href: relayerHref(params, { image: images.map(({ id }) => id), goal: each }),
    chosen: each === goal,
    label: RELAYER_GOAL_LABELS[each],
  }));
  return (
    <div className="mt-4 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-[0.8125rem] text-dim">
      <Chips label="Goal" chips={chips} />
      <span className="min-w-0">
        {RELAYER_GOAL_DEFINITIONS[goal]} At most {formatCounted(params.layers, "layer")} per image.
      </span>
    </div>
  );
}
