import { BASE_DIGEST, BASE_NAME } from "#lib/model/attached.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { counted } from "./counted.ts";
import { findLostPaths } from "./lost-paths.ts";
import { mergeConfiguration } from "./merge-configuration.ts";
import type { MergedSetting, Setting } from "./merge-settings.ts";
import { listNamedPaths } from "./named-paths.ts";
import type { CheckResult, RebaseCheck } from "./sides.ts";

/** Left by builders, and read by nothing. Labels that name the base are the sink's. */
const UNREAD = new Set([
  "Hostname",
  "Domainname",
  "Image",
  "AttachStdin",
  "AttachStdout",
  "AttachStderr",
  "ArgsEscaped",
  "container",
  "container_config",
  "docker_version",
  "parent",
  "id",
  BASE_DIGEST,
  BASE_NAME,
]);

/** UTF-16 units of a value in a table's cell. */
const SHOWN_VALUE = 80;

/** Point 8 of docs/rebase.md: the merged configuration, and whether what it names is there. */
export const checkConfiguration: RebaseCheck = (sides): CheckResult => {
  const { image, oldBase, newBase, after } = sides.configs;
  const { settings } = mergeConfiguration({ image, oldBase, newBase });
  const listed = settings.filter(({ name, outcome }) => outcome !== "same" && !UNREAD.has(name));
  const lost = findLostPaths(sides);
  return {
    scope: `${counted(settings.length, "setting")}, ${counted(listNamedPaths(after).length, "path")} that they name`,
    findings: [...lost.findings, ...listed.map((setting) => toFinding(setting, sides.images.newBase.name))],
    before: lost.before,
    merged: [],
  };
};

function toFinding(setting: MergedSetting, newBase: string): Finding {
  const label = setting.kind === "" ? setting.name : `${setting.kind} ${setting.name}`;
  const subject = `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`;
  const { oldBase, image, merged } = setting;
  const about = { weight: "note", path: "", layer: undefined } as const;
  if (setting.outcome === "taken") {
    const evidence = `${label}: ${toText(image)} → ${toText(merged)}`;
    return {
      kind: "setting-taken",
      ...about,
      evidence,
      message: `${subject} comes from the old base, and would become that of ${newBase}.`,
    };
  }
  if (setting.outcome === "kept") {
    const evidence = `${label}: ${toText(oldBase)} in the old base, ${toText(image)} in the image`;
    return {
      kind: "setting-kept",
      ...about,
      evidence,
      message: `${subject} was set above the base, and stays as it is.`,
    };
  }
  const evidence = `${label}: ${toText(oldBase)} → ${toText(setting.newBase)} in ${newBase}, ${toText(image)} in the image`;
  const message = `${subject} was set above the base, and stays as it is, although ${newBase} changed it, too.`;
  return { kind: "setting-conflict", ...about, evidence, message };
}

function toText(value: Setting): string {
  if (value === undefined) return "not set";
  const text = typeof value === "string" ? value || "empty" : JSON.stringify(value);
  return text.length <= SHOWN_VALUE ? text : `${text.slice(0, SHOWN_VALUE - 1)}…`;
}
