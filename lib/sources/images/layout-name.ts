import { MAX_NAME_LENGTH } from "#lib/formats/docker-archive/index.ts";
import { cutText } from "#lib/model/cut-text.ts";

/** A bare tag, which needs its repository. */
const BARE_TAG = /^(latest|stable|edge|main|master|v?\d[\w.-]*)$/;

/**
 * The name of an image in a layout: the full name that containerd writes; else the ref name, prefixed with the layout's own name
 * if it is a bare tag (`app:latest`); else the layout's name. A name longer than registries allow is cut, with a mark.
 */
export function toLayoutName(label: string, annotations: Readonly<Record<string, string>>): string {
  return cutText(toFullName(label, annotations), MAX_NAME_LENGTH);
}

function toFullName(label: string, annotations: Readonly<Record<string, string>>): string {
  const full = annotations["io.containerd.image.name"];
  if (full !== undefined && full !== "") return full;
  const ref = annotations["org.opencontainers.image.ref.name"] ?? "";
  if (ref === "") return label;
  return BARE_TAG.test(ref) ? `${label}:${ref}` : ref;
}
