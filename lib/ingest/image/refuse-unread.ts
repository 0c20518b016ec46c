import { describeUnreadType, isForeignType } from "#lib/formats/oci/index.ts";
import { InputError } from "#lib/model/problem.ts";
import type { SourceLayer } from "#lib/sources/images/source-image.ts";

/**
 * Throws an InputError (`unsupported`) that names every layer that cannot be read, before any is: each would fail on its own, and
 * only after its bytes were fetched. `unread`: those of the image's layers that are not known.
 */
export function refuseUnread(layers: readonly SourceLayer[], unread: readonly SourceLayer[]): void {
  const positions = new Map<string, number[]>();
  for (const [i, layer] of layers.entries()) {
    const reason = unread.includes(layer) ? whyUnread(layer) : undefined;
    if (reason !== undefined) positions.set(reason, [...(positions.get(reason) ?? []), i + 1]);
  }
  if (positions.size === 0) return;
  const faults = [...positions].map(([reason, at]) => `${nameLayers(at)} ${at.length === 1 ? "is" : "are"} ${reason}`);
  const first = layers[Math.min(...[...positions.values()].flat()) - 1]!;
  throw new InputError(
    "unsupported",
    first.label,
    `${faults.join("; ")}; --manifests-only takes the image without reading its layers`,
  );
}

function whyUnread({ mediaType, place }: SourceLayer): string | undefined {
  return place.kind === "absent" ? describeAbsent(mediaType) : describeUnreadType(mediaType);
}

/** A foreign layer that is not where the image is. */
function describeAbsent(mediaType: string): string {
  return `foreign (${mediaType}), and not in the image: only Microsoft's registry has the base of Windows`;
}

function nameLayers(positions: readonly number[]): string {
  const [first, ...more] = positions;
  return more.length === 0 ? `layer ${first}` : `layers ${positions.join(", ")}`;
}

/** The error of a registry that does not have a layer, which says so if the layer is a foreign one. */
export function explainMissing({ mediaType }: SourceLayer, error: InputError): InputError {
  if (error.code !== "missing-blob" || !isForeignType(mediaType)) return error;
  return new InputError("unsupported", error.place, `the layer is ${describeAbsent(mediaType)}`, { cause: error });
}
