import { labelText } from "#lib/display/shown-text.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { Visible } from "./visible.tsx";

/** A file's path, given without the leading slash. The hash of a store path is shortened, to leave room for the name. */
export function FilePath({ path }: { path: string }) {
  const full = `/${path}`;
  const store = splitStorePath(full);
  return (
    <span className="block min-w-0 truncate font-mono text-xs" data-tip={labelText(full)}>
      {store === undefined ? (
        <Visible text={full} />
      ) : (
        <>
          <span className="text-dim">
            {store.dir}
            {shortDigest(store.hash)}…-
          </span>
          <Visible text={store.name} />
        </>
      )}
    </span>
  );
}
