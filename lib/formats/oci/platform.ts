import { UsageError } from "#lib/model/problem.ts";
import type { Descriptor, Platform } from "./manifest.ts";

/** The images of an index to read: every one, or those of one platform. */
export type PlatformChoice = "all" | Platform;

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

/** The platform of this machine in the spelling of image indexes (Go's). */
export function machinePlatform(system: string, architecture: string): Platform {
  return {
    os: GO_SYSTEMS[system] ?? system,
    architecture: GO_ARCHITECTURES[architecture] ?? architecture,
    variant: "",
  };
}

/** The descriptors selected: those of the platform, and those without one. Attestations are never selected. */
export function choosePlatform(manifests: readonly Descriptor[], choice: PlatformChoice): Descriptor[] {
  const images = manifests.filter(({ platform }) => platform?.os !== "unknown" && platform?.architecture !== "unknown");
  if (choice === "all") return images;
  return images.filter(({ platform }) => {
    if (platform === undefined || platform.architecture === "") return true;
    const { os, architecture, variant } = platform;
    return (
      os === choice.os && architecture === choice.architecture && (choice.variant === "" || variant === choice.variant)
    );
  });
}
