import { readRange } from "#lib/sources/file-range.ts";
import { openDirectory } from "#lib/sources/images/directory.ts";
import { findLayoutImages } from "#lib/sources/images/oci-layout.ts";
import type { OpenedImages } from "#lib/sources/images/open-images.ts";

/** Opens a layout as if it were a registry: each layer is fetched when it is read. `onFetch` is called with its path. */
export function openToyImages(layout: string, onFetch: (path: string) => void): OpenedImages {
  const directory = openDirectory(layout);
  const store = {
    ...directory,
    locate: async (path: string) => {
      const located = await directory.locate(path);
      if (located?.place.kind !== "range") return undefined;
      const { file, length } = located.place;
      const open = () => fetchFile(file, length, () => onFetch(path));
      return { place: { kind: "remote", length, open } as const, byteCount: length };
    },
  };
  return {
    kind: "files",
    files: { kind: "store", store },
    find: (files, platform) => findLayoutImages(files, { platform }),
  };
}

/** The bytes of a file in chunks of odd lengths, as from a network. */
async function* fetchFile(file: string, length: number, onFetch: () => void): AsyncGenerator<Uint8Array> {
  onFetch();
  for await (const chunk of readRange({ file, offset: 0, length })) {
    yield chunk.subarray(0, 511);
    if (chunk.length > 511) yield chunk.subarray(511);
  }
}
