import { z } from "zod";
import { directionParam, limitParam, textParam } from "#components/ui/search-params.ts";

const DEFAULT_LIMIT = 100;
export const MAX_ARTIFACTS = 300;

/** The home page's address: `?q=&kind=&sort=&direction=&limit=`. What makes no sense is as if it were not there. */
export const homeParams = z.object({
  q: textParam,
  kind: z.enum(["image", "closure"]).optional().catch(undefined),
  sort: z.enum(["scanned", "name", "bytes", "wasted", "layers", "nodes", "download"]).optional().catch(undefined),
  direction: directionParam,
  limit: limitParam(DEFAULT_LIMIT, MAX_ARTIFACTS),
});
