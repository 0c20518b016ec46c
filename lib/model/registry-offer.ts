/** What a registry offers for the text of a person who is still typing. */
export interface RegistryOffer {
  /** The repository, as sources spell it, whose tags are listed; `undefined` if repositories are, or nothing. */
  readonly repository: string | undefined;
  /** Tags or repositories, at most `MAX_OFFERED`. */
  readonly names: readonly string[];
  /** How many more there are. */
  readonly moreCount: number;
  /** The platform that is taken from an index by default. */
  readonly platform: string;
  /** Why nothing is offered, in one line; "" if there is nothing to say yet. */
  readonly line: string;
}

export const MAX_OFFERED = 50;

export const NOTHING_OFFERED: RegistryOffer = {
  repository: undefined,
  names: [],
  moreCount: 0,
  platform: "",
  line: "",
};

/** What a scan of an image would download, before its layers are fetched. */
export interface ImageWeight {
  readonly source: string;
  readonly layerCount: number;
  readonly knownCount: number;
  /** The layers that are not known, each once. */
  readonly missing: readonly { readonly digest: string; readonly bytes: number }[];
  /** The platforms of an index, as `os/arch[/variant]`; none if the image has only one. */
  readonly platforms: readonly string[];
  /** Why it is not known, in one line; "" if it is. */
  readonly line: string;
}

/** Images that are weighed by one request. */
export const MAX_WEIGHED = 8;

/** Stored bytes that scans of all these images download: of each layer once. */
export function sumLeft(weights: readonly ImageWeight[]): number {
  const missing = new Map(weights.flatMap((weight) => weight.missing.map(({ digest, bytes }) => [digest, bytes])));
  return [...missing.values()].reduce((sum, bytes) => sum + bytes, 0);
}
