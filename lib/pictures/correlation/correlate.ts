import type { Answer, ArtifactLabel, LayerLikeness } from "#lib/model/answer.ts";
import { orderColumns } from "./column-order.ts";
import { type Correlation, pictureColumns } from "./columns.ts";
import { condenseColumns } from "./condense-columns.ts";
import { orderedBands } from "./like-bands.ts";

/** The picture of an answer on its page, in an exported file and in a link preview. The two of a difference keep their order. */
export function correlate(answer: Answer): Correlation {
  const members = drawnArtifacts(answer);
  const artifacts = members.map((member) => answer.artifacts[member]!);
  const likeness = "likeness" in answer ? answer.likeness : [];
  const wholeClosures = joinsKinds(artifacts, likeness);
  const columns = pictureColumns(answer, artifacts, wholeClosures);
  const order = answer.question === "diff" ? [0, 1] : orderColumns(columns);
  const drawn = likeness.filter(
    ({ left, right }) => wholeClosures || [left, right].some((member) => artifacts[member]!.kind === "image"),
  );
  return condenseColumns({
    order: order.map((column) => members[column]!),
    columns: order.map((column) => columns[column]!),
    likeness: orderedBands(artifacts, drawn, order),
  });
}

/** The images of a ladder, if there are any: closures have no layers, and no order penalty. */
function drawnArtifacts({ question, artifacts }: Answer): number[] {
  const all = [...artifacts.keys()];
  const images = all.filter((i) => artifacts[i]!.kind === "image");
  return question === "savings" && images.length > 0 ? images : all;
}

/**
 * Whether an image and a neighbouring closure share files. Then closures are drawn whole, because similarity is
 * counted per stratum, and a closure is one. Otherwise they are divided, and similarity of two closures adds nothing.
 */
function joinsKinds(artifacts: readonly ArtifactLabel[], likeness: readonly LayerLikeness[]): boolean {
  return likeness.some(
    ({ left, right, bands }) => bands.length > 0 && artifacts[left]!.kind !== artifacts[right]!.kind,
  );
}
