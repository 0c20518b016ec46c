import Link from "next/link";
import type { ReactNode } from "react";
import { Bytes } from "#components/ui/bytes.tsx";
import { Command } from "#components/ui/command.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { adviceCount, adviceHow, adviceTitle } from "#lib/display/advice-words.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { layerPath } from "#lib/display/paths.ts";
import type { AdviceAnswer, AdviceClass, AdviceItem } from "#lib/model/advice.ts";
import type { LayerShow } from "#lib/model/layer-files.ts";
import { TakeBox } from "./take-box.tsx";

interface AdviceListProps {
  readonly advice: AdviceAnswer;
  readonly take: readonly AdviceClass[];
  readonly digest: string;
}

/** One row for each class, the largest first. */
export function AdviceList({ advice, take, digest }: AdviceListProps) {
  const most = Math.max(...advice.items.map(({ bytes }) => bytes));
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
      {advice.items.map((item, i) => (
        <AdviceRow
          key={item.class}
          item={item}
          advice={advice}
          digest={digest}
          most={most}
          state={{ first: i === 0, selected: take.includes(item.class), any: take.length > 0 }}
        />
      ))}
    </ul>
  );
}

interface AdviceRowProps {
  readonly item: AdviceItem;
  readonly advice: AdviceAnswer;
  readonly digest: string;
  readonly most: number;
  readonly state: { readonly first: boolean; readonly selected: boolean; readonly any: boolean };
}

function AdviceRow({ item, advice, digest, most, state: { first, selected, any } }: AdviceRowProps) {
  const title = adviceTitle(item.class);
  return (
    <li className={`flex gap-3 px-4 py-3.5 ${selected ? "bg-wash" : ""}`}>
      <TakeBox name="take" value={item.class} checked={selected} label={`${title}, ${formatBytes(item.bytes)}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h3 className="font-medium">
            <MeasureLabel name={item.class} />
            <span className="ml-2.5 text-[0.8125rem] font-normal text-dim">{adviceCount(item)}</span>
          </h3>
          <strong className="font-medium">
            <Bytes value={item.bytes} estimated={item.estimated} />
          </strong>
        </div>
        <ClaimBar item={item} most={most} selected={selected} />
        <RowNotes item={item} advice={advice} digest={digest} any={any && !selected} />
        <Details item={item} advice={advice} open={first} />
      </div>
    </li>
  );
}

/** Solid: counted here. Dashed: a larger class has these bytes already. */
function ClaimBar({
  item: { bytes, ownBytes },
  most,
  selected,
}: {
  item: AdviceItem;
  most: number;
  selected: boolean;
}) {
  return (
    <div aria-hidden className="my-1.5 flex h-1.5">
      <span
        className={`rounded-full ${selected ? "bg-accent" : "bg-(--line-strong)"}`}
        style={{ width: ownBytes === 0 ? 0 : `max(3px, ${(100 * ownBytes) / most}%)` }}
      />
      <span
        className="rounded-full border border-dashed border-line-strong"
        style={{ width: `${(100 * (bytes - ownBytes)) / most}%`, display: bytes === ownBytes ? "none" : undefined }}
      />
    </div>
  );
}

interface RowNotesProps {
  readonly item: AdviceItem;
  readonly advice: AdviceAnswer;
  readonly digest: string;
  /** Others are selected, and this is not. */
  readonly any: boolean;
}

function RowNotes({ item, advice, digest, any }: RowNotesProps) {
  const claimed = item.bytes - item.ownBytes;
  return (
    <div className="space-y-0.5 text-[0.8125rem]">
      {item.layers.length === 0 ? null : <Places item={item} advice={advice} digest={digest} />}
      {claimed === 0 ? null : (
        <p className="text-dim">
          {item.ownBytes === 0 ? "All" : formatBytes(claimed)} of it is counted in larger rows already
        </p>
      )}
      {any && item.adds < item.bytes ? (
        <p className="text-dim">
          {item.adds === 0 ? "Adds nothing to the selection" : `Adds ${formatBytes(item.adds)} to the selection`}
        </p>
      ) : null}
      <SharedNote item={item} advice={advice} />
    </div>
  );
}

/** Which files of a layer's page these are. */
const SHOWN_OF: Partial<Record<AdviceClass, LayerShow>> = { wasted: "hidden", metadataCopies: "hidden" };

/** Layers listed; the rest is a number. */
const SHOWN_LAYERS = 3;

function Places({ item: { layers, class: name }, advice, digest }: Omit<RowNotesProps, "any">) {
  const shown = layers.slice(0, SHOWN_LAYERS);
  const more = layers.length - shown.length;
  return (
    <p className="text-dim">
      {shown.map(({ layer, bytes }, i) => (
        <span key={layer}>
          {i === 0 ? "" : ", "}
          {layers.length === 1 ? "In " : `${formatBytes(bytes)} in `}
          <Link href={layerPath(digest, layer, { show: SHOWN_OF[name] })} prefetch={false} className="text-link">
            layer {layer}
          </Link>
          {sharedWords(advice, layer)}
        </span>
      ))}
      {more === 0 ? "" : ` and ${formatCounted(more, "more layer")}`}
    </p>
  );
}

function sharedWords({ layers }: AdviceAnswer, layer: number): string {
  const count = layers[layer]?.imageCount ?? 1;
  return count === 1 ? "" : ` (in ${formatCount(count)} images)`;
}

/** Merging frees hidden bytes, but ends the sharing of the layers that contain them. */
function SharedNote({ item, advice: { layers } }: Pick<RowNotesProps, "item" | "advice">) {
  if (item.class !== "wasted" && item.class !== "metadataCopies") return null;
  const shared = item.layers.map(({ layer }) => layers[layer]!).filter(({ imageCount }) => imageCount > 1);
  const bytes = shared.reduce((sum, layer) => sum + layer.bytes, 0);
  if (bytes <= item.bytes) return null;
  return (
    <p>
      <span className="text-warn">Merging these layers would cost more than it saves:</span> other images share them,
      and {formatBytes(bytes)} would be stored a second time.
    </p>
  );
}

function Details({ item, advice, open }: { item: AdviceItem; advice: AdviceAnswer; open: boolean }) {
  const { text, command } = adviceHow(item.class, advice);
  return (
    <details open={open} className="mt-1 text-[0.8125rem]">
      <summary className="text-link w-fit py-0.5">How to, and which files</summary>
      <p className="mt-1 mb-1.5">{text}</p>
      {command === undefined ? null : command.split("\n").map((line) => <Step key={line} text={line} />)}
      <Largest>
        {item.largest.map(({ name, bytes, layer }) => (
          <li key={`${layer} ${name}`} className="flex justify-between gap-4">
            <Visible text={name} className="min-w-0 break-all" />
            <Bytes value={bytes} />
          </li>
        ))}
        {item.count > item.largest.length ? (
          <li className="text-dim">{formatCount(item.count - item.largest.length)} more</li>
        ) : null}
      </Largest>
    </details>
  );
}

function Largest({ children }: { children: ReactNode }) {
  return <ul className="mt-2 space-y-0.5 text-xs">{children}</ul>;
}

/** A step of a Dockerfile, or a command. */
function Step({ text }: { text: string }) {
  if (!/^(?:RUN|COPY|ENV) /.test(text)) return <Command text={text} />;
  return (
    <CopyText
      text={text}
      what="step"
      className="block w-full bg-sunken px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap text-ink"
    >
      {text}
    </CopyText>
  );
}
