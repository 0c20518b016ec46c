import { z } from "zod";
import { directionParam, listParam, textParam } from "#components/ui/search-params.ts";
import { OPENING_NODES } from "#lib/views/graph.ts";

/** Groups open at once: far more than there is room for. */
const MAX_OPEN = 64;
const nodeParam = z.string().min(1).max(4096).optional().catch(undefined);

/** What the address of a graph says, of one artifact or of two. What makes no sense is as if it were not there. */
export const graphParams = z.object({
  open: listParam.transform((parents) => parents.filter((parent) => /^(-1|\d{1,9})$/.test(parent)).slice(0, MAX_OPEN)),
  node: nodeParam,
  focus: nodeParam,
  limit: z.coerce.number().int().min(1).max(OPENING_NODES).optional().catch(undefined),
  q: textParam,
  sort: z.enum(["name", "self", "closure", "retained"]).optional().catch(undefined),
  direction: directionParam,
});
