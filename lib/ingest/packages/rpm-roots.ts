import { parseAutoInstalled, parseDnfHistory, parseDnfState } from "#lib/formats/rpm/index.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readBody, readDocument } from "./documents.ts";
import type { InstalledRpm } from "./rpm-edges.ts";

const DNF_STATE = "usr/lib/sysimage/libdnf5/packages.toml";
const DNF_HISTORY = "var/lib/dnf/history.sqlite";
const ZYPP_MARKS = "var/lib/zypp/AutoInstalled";

/**
 * The rpm packages that were installed on request. rpm itself records no reasons: dnf 5 has a list of them, dnf 4 a history, zypp
 * a list of the packages that it installed as dependencies. Without any of the three nothing is known, and no package is a root.
 */
export function addRequestedRpms(discovery: Discovery, rpms: readonly InstalledRpm[]): void {
  if (rpms.length === 0) return;
  const requested = new Set([...readDnfState(discovery), ...readDnfHistory(discovery)]);
  const automatic = readZyppMarks(discovery);
  for (const { package: found, index } of rpms) {
    const isRequested = requested.has(`${found.name}.${found.arch}`);
    if (isRequested || automatic?.has(found.name) === false) discovery.addRoot(index, RootReason.named);
  }
}

function readDnfState(discovery: Discovery): readonly string[] {
  return parseDocument(discovery, readDocument(discovery, DNF_STATE), parseDnfState) ?? [];
}

function readDnfHistory(discovery: Discovery): readonly string[] {
  const node = discovery.tree.resolve(DNF_HISTORY);
  const body = node === undefined ? undefined : readBody(discovery, node);
  if (body === undefined) return [];
  const { value, problems } = parseDnfHistory(body);
  discovery.addProblems(node!.path, problems);
  return value;
}

function readZyppMarks(discovery: Discovery): ReadonlySet<string> | undefined {
  const names = parseDocument(discovery, readDocument(discovery, ZYPP_MARKS), parseAutoInstalled);
  return names === undefined ? undefined : new Set(names);
}
