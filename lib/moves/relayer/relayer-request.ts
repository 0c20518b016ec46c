import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import type { SourceAccess } from "#lib/sources/environment.ts";
import type { Relayered, RelayerWishes } from "./relayer.ts";

/** What to relayer: plain data, since it runs in a process of its own. */
export interface RelayerRequest extends RelayerWishes {
  /** As the user wrote them. */
  readonly sources: readonly string[];
  readonly access: SourceAccess;
  readonly platform: PlatformChoice;
  /** Only the images with these digests, in this order, if the sources may have others. */
  readonly digests?: readonly string[] | undefined;
  /** Where to write the images. Without it, nothing is written. */
  readonly output?: string | undefined;
}

/** From the process. */
export type RelayerEvent =
  | { readonly type: "step"; readonly step: string }
  | { readonly type: "done"; readonly relayered: Relayered };
