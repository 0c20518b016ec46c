import { formatPlatform, type PlatformChoice } from "#lib/formats/oci/index.ts";
import { machinePlatform, parsePlatform } from "#lib/formats/oci/platform.ts";
import { openEnvironment, type SourceAccess } from "#lib/sources/environment.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import { TRANSPORTS } from "#lib/sources/transports.ts";
import type { ScanRequest } from "./scan-request.ts";

/** A request for a whole source, with everything else by default. */
export function newRequest(source: string, access: SourceAccess, platform?: string): ScanRequest {
  return {
    source,
    access,
    name: undefined,
    platform: toPlatform(platform),
    roots: [],
    manifestsOnly: false,
    files: false,
    chunks: undefined,
  };
}

/** Default: this machine's. Throws UsageError. */
export function toPlatform(text: string | undefined): PlatformChoice {
  return text === undefined ? machinePlatform(process.platform, process.arch) : parsePlatform(text);
}

/** This machine's platform as text. */
export function defaultPlatform(): string {
  const platform = toPlatform(undefined);
  return platform === "all" ? platform : formatPlatform(platform);
}

/** Throws UsageError if a source is misspelt, or may not be read with its access. Opens nothing. */
export function checkRequest({ source, access }: ScanRequest): void {
  parseSource(source, openEnvironment(access));
}

/** A source as typed by a person who means an image of a registry, unless it names another transport. */
export function spellReference(text: string): string {
  // `docker:27` is an image of that name.
  const isSpelt = TRANSPORTS.some(({ name }) => text.startsWith(name === "docker" ? "docker://" : `${name}:`));
  return isSpelt ? text : `docker://${text}`;
}

/** Whether a source is a file, a socket or a store of one machine. */
export function isLocalSource(source: string): boolean {
  return TRANSPORTS.some(({ name, isLocal }) => isLocal && source.startsWith(`${name}:`));
}
