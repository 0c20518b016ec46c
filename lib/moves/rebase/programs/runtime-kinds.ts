import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { MovedTree } from "../sides.ts";

/** A runtime of which each version has directories of its own. */
export interface VersionedRuntime {
  readonly name: string;
  /** A directory for one version, which is the first group. */
  readonly directory: RegExp;
  /** Something that only the runtime itself has, with the same version in the first group. */
  readonly proof: RegExp;
}

/** The version is the one that decides about compatibility: Ruby's gems of 3.3.0 are for each 3.3. */
export const VERSIONED_RUNTIMES: readonly VersionedRuntime[] = [
  {
    name: "Python",
    directory: /(?:^|\/)lib(?:64)?\/python(3\.\d+)$/,
    proof: /(?:^|\/)bin\/python(3\.\d+)$/,
  },
  {
    name: "Ruby",
    directory: /(?:^|\/)(?:ruby|ruby\/gems|vendor_ruby|site_ruby)\/(\d+\.\d+)\.\d+$/,
    proof: /(?:^|\/)(?:bin\/ruby(\d+\.\d+)|lib\/ruby\/(\d+\.\d+)\.\d+\/(?:set|English)\.rb)$/,
  },
  {
    name: "Perl",
    directory: /(?:^|\/)(?:perl|perl5|site_perl|vendor_perl)\/(5\.\d+)(?:\.\d+)?$/,
    proof: /(?:^|\/)bin\/perl(5\.\d+)\.\d+$/,
  },
  {
    name: "PHP",
    directory: /(?:^|\/)lib\/php\/(?:extensions\/[^/]*?-)?(20\d{6})$/,
    proof: /(?:^|\/)lib\/php\/(?:extensions\/[^/]*?-)?(20\d{6})\/[^/]+\.so$/,
  },
  {
    name: "Lua",
    directory: /(?:^|\/)lua\/(5\.\d+)$/,
    proof: /(?:^|\/)bin\/lua(5\.\d+)$/,
  },
  {
    name: "PostgreSQL",
    directory: /(?:^|\/)postgresql\/(\d+)$/,
    proof: /(?:^|\/)postgresql\/(\d+)\/bin\/postgres$/,
  },
];

/** The versions of a runtime that an image has. `counts`: which proof counts; default: any. */
export function listVersions(
  tree: MovedTree,
  { proof }: VersionedRuntime,
  counts: (node: FileNode) => boolean = () => true,
): string[] {
  const found = tree.names.flatMap((node) => {
    const [, first, second] = isFileOrLink(node) && counts(node) ? (proof.exec(node.path) ?? []) : [];
    const version = first ?? second;
    return version !== undefined && tree.resolve(node.path)?.body !== undefined ? [version] : [];
  });
  return [...new Set(found)];
}

function isFileOrLink({ kind }: FileNode): boolean {
  return kind === EntryKind.file || kind === EntryKind.hardLink || kind === EntryKind.symlink;
}

/** A runtime that starts text of any version: only whether it is there matters. */
export interface PlainRuntime {
  readonly name: string;
  readonly commands: readonly string[];
  /** What is of no use without it. */
  readonly files: RegExp;
}

export const PLAIN_RUNTIMES: readonly PlainRuntime[] = [
  { name: "Node.js", commands: ["node", "nodejs"], files: /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@]+\/package\.json$/ },
  { name: "PHP", commands: ["php", "php-fpm"], files: /(?:^|\/)vendor\/composer\/installed\.json$/ },
  { name: "Java", commands: ["java"], files: /\.(?:jar|war)$/ },
  { name: ".NET", commands: ["dotnet"], files: /\.runtimeconfig\.json$/ },
];
