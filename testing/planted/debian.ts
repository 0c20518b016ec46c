import { createHash } from "node:crypto";
import type { DebSpec } from "../run/dpkg.ts";
import type { PlantedLayer } from "./planted-layers.ts";

/** The status database of these packages, as dpkg writes it. */
export function toStatus(...debs: readonly DebSpec[]): string {
  const sorted = debs.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return sorted.map((deb) => `${toRecord(deb)}\n\n`).join("");
}

function toRecord({ name, version, arch = "all", control = [], info = {} }: DebSpec): string {
  const conffiles =
    info.conffiles === undefined
      ? []
      : [
          "Conffiles:",
          ...info.conffiles
            .trim()
            .split("\n")
            .map((path) => ` ${path} ${md5("")}`),
        ];
  const status = control.find((line) => line.startsWith("Status:")) ?? "Status: install ok installed";
  const rest = control.filter((line) => !line.startsWith("Status:"));
  const lines = [`Package: ${name}`, status, `Architecture: ${arch}`, `Version: ${version}`, ...rest, ...conffiles];
  return [...lines, "Description: a test"].join("\n");
}

/** The files of these packages, with what dpkg keeps of each in its own directory. */
export function unpack(...debs: readonly DebSpec[]): PlantedLayer {
  return Object.fromEntries(debs.flatMap(listUnpacked));
}

function listUnpacked({ name, files = {}, info = {} }: DebSpec): [string, string][] {
  const paths = Object.keys(files);
  const list = ["/.", ...paths.map((path) => `/${path}`)].map((path) => `${path}\n`).join("");
  const sums = Object.entries(files)
    .map(([path, body]) => `${md5(body)}  ${path}\n`)
    .join("");
  const kept = Object.entries({ list, md5sums: sums, ...info });
  return [
    ...Object.entries(files),
    ...kept.map(([kind, body]): [string, string] => [`var/lib/dpkg/info/${name}.${kind}`, body]),
  ];
}

function md5(body: string): string {
  return createHash("md5").update(body).digest("hex");
}

export const STATUS = "var/lib/dpkg/status";

/** An image with nothing but these packages. */
export function toBase(...debs: readonly DebSpec[]): PlantedLayer {
  return { ...unpack(...debs), [STATUS]: toStatus(...debs) };
}

/** A layer that leaves `installed` of its base, and unpacks `added`. */
export function toUpper(installed: readonly DebSpec[], ...added: readonly DebSpec[]): PlantedLayer {
  return { ...unpack(...added), [STATUS]: toStatus(...installed, ...added) };
}
