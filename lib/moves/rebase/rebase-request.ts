import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import type { RebaseReport } from "#lib/model/rebase-answer.ts";
import type { SourceAccess } from "#lib/sources/environment.ts";
import type { LayerCompression } from "../sink/image-sink.ts";

/** A rebase as asked for: plain data, since it runs in a process of its own. */
export interface RebaseRequest {
  /** Sources as the user wrote them. */
  readonly image: string;
  readonly from: string;
  readonly to: string;
  /** An image that was built on the new base, to compare the result with. */
  readonly against?: string | undefined;
  /** The images of these sources, if they may have several: manifest digests. */
  readonly digests?: Readonly<Partial<Record<"image" | "from" | "to" | "against", string>>> | undefined;
  readonly access: SourceAccess;
  /** Platforms of the image's index. */
  readonly platform: PlatformChoice;
  /** Where to write the image. Without it, there is only a verdict. */
  readonly output?: string | undefined;
  /** Of the merge layer. */
  readonly compression?: LayerCompression | undefined;
  /** Write it whatever the verdict. */
  readonly force?: boolean | undefined;
}

/** From the process. `reading`: it has started on this platform. */
export type RebaseEvent =
  | { readonly type: "reading"; readonly platform: string }
  | { readonly type: "writing"; readonly output: string }
  | { readonly type: "report"; readonly report: RebaseReport };
