import { packColumns, textColumn } from "#lib/exports/packed-columns.ts";
import { loadMapNodes } from "#lib/views/map.ts";
import { orUnavailable } from "../../../../or-unavailable.ts";
import { packedResponse } from "../../../packed-response.ts";

/** Names, measures and edges of a map's nodes: `GET …/map/nodes`. */
export const GET = orUnavailable(
  packedResponse(async (text) => {
    const { names, versions, kinds, ...columns } = await loadMapNodes(text);
    const kindNames = [...new Set(kinds)];
    const kindOf = new Map(kindNames.map((kind, i) => [kind, i]));
    return packColumns(
      { kinds: kindNames },
      {
        ...columns,
        names: textColumn(names),
        versions: textColumn(versions),
        kind: Uint8Array.from(kinds, (kind) => kindOf.get(kind)!),
      },
    );
  }),
);
