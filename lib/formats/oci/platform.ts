import { UsageError } from "#lib/model/problem.ts";
import type { Descriptor, Platform } from "./manifest.ts";

/**
 * The images of an index to read: every one, or those of one platform. `isPreferred`: the user did not choose it, so another platform
 * is taken if it is the only one there.
 */
export type PlatformChoice = "all" | (Platform & { readonly isPreferred?: boolean });

const GO_ARCHITECTURES: Record<string, string> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };

/** Engines on these systems run Linux containers. */
const GO_SYSTEMS: Record<string, string> = { darwin: "linux", win32: "linux" };

/** Reads `os/arch[/variant]` or `all`. Throws UsageError. */
export function parsePlatform(text: string): PlatformChoice {
  if (text === "all") return "all";
  const [os = "", architecture = "", variant = "", ...rest] = text.split("/");
  if (os === "" || architecture === "" || rest.length > 0) {
    throw new UsageError(`--platform ${text}: expected os/arch or os/arch/variant, such as linux/arm64, or all`);
  }
  return { os, architecture, variant };
}

/** The platform of this machine in the spelling of image indexes (Go's), for a user who chose none. */
export function machinePlatform(system: string, architecture: string): PlatformChoice {
  return {
    isPreferred: true,
    os: GO_SYSTEMS[system] ?? system,
    architecture: GO_ARCHITECTURES[architecture] ?? architecture,
    variant: "",
  };
}

/** The descriptors of images. Attestations are none: their platform is unknown (BuildKit, attestation-storage.md). */
export function listImages(manifests: readonly Descriptor[]): Descriptor[] {
  return manifests.filter(({ platform }) => platform?.os !== "unknown" && platform?.architecture !== "unknown");
}

/** The images of the platform, and those without one. */
export function choosePlatform(images: readonly Descriptor[], choice: PlatformChoice): readonly Descriptor[] {
  if (choice === "all") return images;
  return images.filter(({ platform }) => {
    if (platform === undefined || platform.architecture === "") return true;
    const { os, architecture, variant } = platform;
    return (
      os === choice.os && architecture === choice.architecture && (choice.variant === "" || variant === choice.variant)
    );
  });
}
