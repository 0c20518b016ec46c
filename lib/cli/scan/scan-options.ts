import type { Command } from "commander";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { PreparedScan } from "#lib/scan/run-scan.ts";
import { TRANSPORTS } from "#lib/sources/transports.ts";
import { collect } from "../option-values.ts";

/** The scan options of a command line. */
export interface ScanOptions {
  readonly name?: string;
  readonly platform?: string;
  readonly root?: readonly string[];
  readonly manifestsOnly?: boolean;
  readonly files?: boolean;
  readonly trustedKey?: readonly string[];
  readonly nixConf?: string;
  readonly chunks?: boolean;
  /** Implies `chunks`. */
  readonly chunkSizes?: ChunkSizes;
  /** The process of the first scan, if it was started in advance. */
  readonly prepared?: PreparedScan;
}

/** Adds the options of every command that scans, and the section "Sources" of its help text. */
export function addScanOptions(command: Command): Command {
  return command
    .option("--name <name>", "name of the artifact")
    .option("--platform <os/arch[/variant]>", "which image of an index, or all (default: this machine's)")
    .option("--root <store-path>", "only the closure of this store path (repeatable)", collect)
    .option("--manifests-only", "take images by manifest and config alone, without their layers")
    .option("--files", "also hash the files of store items, to compare and share them file by file")
    .option(
      "--trusted-key <name:base64>",
      "verify the signatures of a binary cache with this key (repeatable)",
      collect,
    )
    .option("--nix-conf <file>", "the same with the trusted-public-keys of this nix.conf")
    .addHelpText("after", formatSourceHelp);
}

/** Every transport with its spellings, what it reads, and an example. */
function formatSourceHelp(): string {
  const rows = TRANSPORTS.map(
    ({ spellings, reads, example }) => `  ${spellings.join(", ")}\n      ${reads}\n      Example: ${example}`,
  );
  return `\nSources (without a transport, it is guessed):\n${rows.join("\n")}`;
}
