import { z } from "zod";
import { listParam } from "#components/ui/search-params.ts";
import { parseNames } from "#lib/display/set-address.ts";

/** Names read from one address; how many of them make a set is the view's to say. */
const MAX_NAMES = 64;

/** The savings page's address: `?in=a,b,c`. */
export const savingsParams = z.object({
  in: listParam.transform((values) => parseNames(values).slice(0, MAX_NAMES)),
});
