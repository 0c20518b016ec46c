const SHOWN = 12;

/** The first twelve hex digits of a digest, its algorithm left off: what people compare by eye. */
export function shortDigest(digest: string): string {
  const colon = digest.indexOf(":");
  return digest.slice(colon + 1, colon + 1 + SHOWN);
}

export interface StorePathParts {
  /** `/nix/store/` or `/gnu/store/`. */
  readonly dir: string;
  readonly hash: string;
  readonly name: string;
}

const STORE_PATH = /^(\/[^\0]*\/store\/)([0-9a-z]{32})-(.+)$/s;

/** A store path in its three parts, or `undefined` for any other text. */
export function splitStorePath(text: string): StorePathParts | undefined {
  const match = STORE_PATH.exec(text);
  if (match === null) return undefined;
  return { dir: match[1]!, hash: match[2]!, name: match[3]! };
}
