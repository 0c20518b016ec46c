/** The variant that an image without one has (containerd's `platforms.Normalize`). */
const DEFAULT_VARIANTS: Readonly<Record<string, string>> = { arm64: "v8", arm: "v7", amd64: "v1" };

/** Whether images of these platforms, `os/arch[/variant]`, go together. A directory tree taken as an image has no architecture. */
export function isSamePlatform(left: string, right: string): boolean {
  const [one, other] = [toParts(left), toParts(right)];
  if (one.os !== other.os) return false;
  if (one.architecture === "" || other.architecture === "") return true;
  return one.architecture === other.architecture && one.variant === other.variant;
}

function toParts(platform: string) {
  const [os = "", architecture = "", variant = DEFAULT_VARIANTS[architecture] ?? ""] = platform.split("/");
  return { os, architecture, variant };
}
