/** What becomes of a generated file when the new base has another one. */
export type Renewal =
  /** It is made anew from the rebased tree. */
  | "written"
  /** What the image added to it is added to the new base's. */
  | "merged"
  /** It is removed: what reads it works without. */
  | "dropped"
  /** Programs would read the old one, and it cannot be made here. */
  | "blocks"
  /** What reads it sees that it is old, or is of no use in a container. */
  | "noted";

export interface GeneratedKind {
  /** As the subject of a sentence. */
  readonly what: string;
  readonly path: RegExp;
  readonly renewal: Renewal;
}

export const LINKER_CACHE = "etc/ld.so.cache";

const KINDS: readonly GeneratedKind[] = [
  { what: "the linker's cache", path: /^etc\/ld\.so\.cache$/, renewal: "written" },
  { what: "ldconfig's own cache", path: /^var\/cache\/ldconfig\/aux-cache$/, renewal: "dropped" },
  {
    what: "the bundle of certificates",
    path: /^etc\/(?:ssl\/(?:certs\/ca-certificates\.crt|cert\.pem|ca-bundle\.pem)|pki\/(?:tls\/certs\/ca-bundle\.crt|ca-trust\/extracted\/pem\/[^/]+\.pem)|ca-certificates\/extracted\/[^/]+\.pem)$/,
    renewal: "merged",
  },
  { what: "the bundle of certificates", path: /^var\/lib\/ca-certificates\/ca-bundle\.pem$/, renewal: "merged" },
  {
    what: "Java's store of certificates",
    path: /^(?:etc\/ssl\/certs\/java\/cacerts|etc\/pki\/(?:java|ca-trust\/extracted\/java)\/cacerts|(?:.*\/)?lib\/security\/cacerts)$/,
    renewal: "blocks",
  },
  {
    what: "the choice of an alternative",
    path: /^(?:var\/lib\/(?:dpkg\/)?alternatives|etc\/alternatives)\/[^/]+$/,
    renewal: "noted",
  },
  { what: "the archive of locales", path: /^usr\/lib\/locale\/locale-archive$/, renewal: "blocks" },
  {
    what: "the cache of character sets",
    path: /^usr\/lib(?:64)?\/(?:[^/]+\/)?gconv\/gconv-modules\.cache$/,
    renewal: "dropped",
  },
  { what: "the compiled settings of GLib", path: /(?:^|\/)glib-2\.0\/schemas\/gschemas\.compiled$/, renewal: "blocks" },
  { what: "the list of image loaders", path: /(?:^|\/)gdk-pixbuf-2\.0\/[^/]+\/loaders\.cache$/, renewal: "blocks" },
  { what: "the list of input methods", path: /(?:^|\/)gtk-[\d.]+\/[^/]+\/immodules\.cache$/, renewal: "blocks" },
  { what: "the list of modules of GIO", path: /(?:^|\/)gio\/modules\/giomodule\.cache$/, renewal: "dropped" },
  {
    what: "the kernel's first file system",
    path: /^(?:boot\/init(?:rd|ramfs)[^/]*|(?:usr\/)?lib\/modules\/[^/]+\/init(?:rd|ramfs)[^/]*)$/,
    renewal: "blocks",
  },
  { what: "the list of kernel modules", path: /^(?:usr\/)?lib\/modules\/[^/]+\/modules\.[a-z.]+$/, renewal: "blocks" },
  {
    what: "a cache of MIME types",
    path: /^usr\/(?:local\/)?share\/(?:mime\/[^/]+|applications\/mimeinfo\.cache)$/,
    renewal: "noted",
  },
  {
    what: "a cache of fonts or icons",
    path: /^(?:var\/cache\/fontconfig\/[^/]+|usr\/share\/icons\/[^/]+\/icon-theme\.cache)$/,
    renewal: "noted",
  },
  {
    what: "an index of documentation",
    path: /^(?:var\/cache\/man\/.*|usr\/share\/info\/dir|usr\/share\/man\/mandoc\.db)$/,
    renewal: "noted",
  },
];

/** `undefined`: it is no file that is known to be generated from others. Byte code is looked at apart. */
export function generatedKind(path: string): GeneratedKind | undefined {
  return KINDS.find((kind) => kind.path.test(path));
}
