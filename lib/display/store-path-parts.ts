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
