import { relayerAddress } from "#components/relayer/relayer-address.ts";
import { cutStored } from "#lib/views/relayer.ts";
import { jsonResponse } from "../../../json-response.ts";
import { lookupRoute } from "../../../lookup-route.ts";
import { refuse } from "../../../own-forms.ts";

/** How images would be cut: `GET /lineage/relayer/answer?image=A,B`. Reads all layers, unless it is known already. */
export const GET = lookupRoute(async (params) => {
  const question = relayerAddress.parse(params);
  if (question.image.length === 0) return refuse(400, "name at least one image");
  return jsonResponse(await cutStored(question));
});
