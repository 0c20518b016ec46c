import type { ImageConfig } from "#lib/formats/oci/index.ts";
import type { DiffId } from "#lib/model/digest.ts";
import type { DiscoveryOptions } from "../packages/discovery.ts";

/** What the detection of packages is told of an image beside its tree: what it runs, and where that looks for programs and libraries. */
export function toDiscoveryOptions(config: ImageConfig, source: string, diffIds: readonly DiffId[]): DiscoveryOptions {
  const { command, searchPath, libraryPath, settings, platform } = config;
  return {
    source,
    command,
    path: searchPath,
    libraryPath,
    workingDir: settings.workingDir,
    machine: platform.architecture,
    diffIds,
  };
}
