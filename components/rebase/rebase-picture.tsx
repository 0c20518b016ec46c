import { Correlation } from "#components/correlation/correlation.tsx";
import { CorrelationLegend } from "#components/correlation/legend.tsx";
import { Chips } from "#components/ui/chips.tsx";
import { CutName } from "#components/ui/cut-name.tsx";
import { Linked } from "#components/ui/linked.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { lineageName } from "#lib/display/lineage-words.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { RebaseAnswer } from "#lib/model/rebase-answer.ts";
import type { RebasePlan } from "#lib/model/rebase-plan.ts";
import { type CorrelationPicture, type CorrelationShape, placeCorrelation } from "#lib/pictures/correlation/picture.ts";
import { type MergeStratum, rebaseCorrelation } from "#lib/pictures/rebase/rebase-correlation.ts";
import { type PlacedText, placeTexts } from "#lib/pictures/rebase/rebase-texts.ts";
import { REBASE_PATH, type RebaseParams, rebaseAddress } from "./rebase-address.ts";

/** Three columns, or two, from edge to edge. */
const SHAPE: CorrelationShape = { height: 320, margin: 0 };

interface RebasePictureProps {
  readonly plan: RebasePlan;
  readonly answer: RebaseAnswer | undefined;
  readonly params: RebaseParams;
}

/** The image as it is, rebased, and rebuilt, as columns of layers. */
export function RebasePicture({ plan, answer, params }: RebasePictureProps) {
  const merge = answer && toMerge(answer);
  const picture = placeCorrelation(rebaseCorrelation(plan, merge), SHAPE);
  const names = [lineageName(plan.image), "Rebased", ...(plan.rebuilt === null ? [] : [lineageName(plan.rebuilt)])];
  return (
    <section aria-label="The image now, rebased and rebuilt">
      <Linked>
        <Heads picture={picture} names={names} merge={merge} isJudged={answer !== undefined} />
        <div className="relative border-b border-line-strong">
          <Correlation picture={picture} label={names.map(labelText).join(", ")} />
          <Texts picture={picture} plan={plan} />
        </div>
      </Linked>
      <CorrelationLegend layers items={false} />
      <Against plan={plan} params={params} />
    </section>
  );
}

function toMerge({ layers, merged }: RebaseAnswer): MergeStratum | undefined {
  const layer = layers.find(({ origin }) => origin === "merge");
  return layer && { bytes: layer.storedSize, fileCount: merged.length };
}

interface HeadsProps {
  readonly picture: CorrelationPicture;
  readonly names: readonly string[];
  readonly merge: MergeStratum | undefined;
  readonly isJudged: boolean;
}

function Heads({ picture: { columns, width }, names, merge, isJudged }: HeadsProps) {
  const words = ["now", "", "rebuilt"];
  return (
    <ol className="relative mb-2 h-14 text-[0.8125rem] leading-4.5 sm:h-12">
      {columns.map(({ bytes }, i) => {
        const isLast = i === columns.length - 1;
        const place =
          i === 0
            ? { left: 0 }
            : isLast
              ? { right: 0, textAlign: "right" as const }
              : {
                  left: `${(100 * columnMiddle(i)) / width}%`,
                  transform: "translateX(-50%)",
                  textAlign: "center" as const,
                };
        return (
          <li key={names[i]} className="absolute bottom-0 max-w-[33%]" style={place}>
            <CutName
              text={names[i]!}
              className={`font-medium ${i === 0 ? "" : isLast ? "justify-end" : "justify-center"}`}
            />
            <span className="block truncate text-xs text-dim">
              {i === 1 ? "" : `${words[i]} · `}
              {i === 1 && (merge !== undefined || !isJudged) ? "≈ " : ""}
              {formatBytes(bytes)}
              {i === 1 && !isJudged ? <span className="max-sm:hidden"> without a merge layer</span> : null}
            </span>
            {i === 1 && merge !== undefined ? (
              <span className="block truncate text-xs text-accent">
                <span className="max-sm:hidden">merge layer </span>
                <span className="sm:hidden">+ </span>
                {formatBytes(merge.bytes)}
                <span className="max-sm:hidden">, {formatCounted(merge.fileCount, "file")}</span>
              </span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

/** In the picture's units, as `placeCorrelation` places columns. */
function columnMiddle(i: number): number {
  return i * 230 + 50;
}

/** What a block or a band is, where it has room for words. */
function Texts({ picture, plan }: { picture: CorrelationPicture; plan: RebasePlan }) {
  return (
    <ul aria-hidden className="pointer-events-none absolute inset-0 text-2xs sm:text-xs">
      {placeTexts(picture, plan).map((text) => (
        <Text key={`${text.left} ${text.top}`} text={text} />
      ))}
    </ul>
  );
}

function Text({ text: { left, width, top, bytes, words, isBand, isTall } }: { text: PlacedText }) {
  return (
    <li
      className="absolute flex -translate-y-1/2 justify-center leading-4"
      style={{ left: `${left}%`, width: `${width}%`, top }}
    >
      <span
        className={`max-w-full truncate rounded-[3px] px-1.5 py-px text-center ${isBand ? "bg-ground/80" : "text-(--on-kind)"}`}
      >
        <Visible text={words} className={`max-sm:hidden ${isTall ? "block truncate" : ""}`} />
        {isTall ? null : <span className="max-sm:hidden"> </span>}
        {bytes}
      </span>
    </li>
  );
}

/** Images that may be the same one, built anew. */
function Against({ plan: { rebuilt, candidates }, params }: Pick<RebasePictureProps, "plan" | "params">) {
  if (candidates.length === 0) return null;
  const chips = candidates.map((image) => ({
    key: image.id,
    href: rebaseAddress.format(REBASE_PATH, { ...params, against: image.id }),
    chosen: image.id === rebuilt?.id,
    label: <CutName text={lineageName(image)} className="max-w-48" />,
  }));
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-2 text-[0.8125rem] text-dim">
      Rebuilt as
      <Chips label="The image as it was built anew" chips={chips} />
    </div>
  );
}
