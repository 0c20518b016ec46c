import { type HarmlessRebase, type PlantedFault, toRebase } from "./planted-rebase.ts";

/** `security.capability` with these capabilities, permitted and effective (Linux, `struct vfs_cap_data`, version 2). */
export function capability(...bits: readonly number[]): Record<string, Uint8Array> {
  const value = Buffer.alloc(20);
  value.writeUInt32LE(0x02000001);
  for (const bit of bits)
    value.writeUInt32LE((value.readUInt32LE(4 + 8 * (bit >> 5)) | (1 << (bit & 31))) >>> 0, 4 + 8 * (bit >> 5));
  return { "SCHILY.xattr.security.capability": value };
}

const NET_BIND = capability(10);
const NET_RAW = capability(13);
const PING = "usr/bin/ping";
const SU = "usr/bin/su";

function many(count: number) {
  return Array.from({ length: count }, (_, i) => [{ path: `layers/${i}`, body: `${i}` }]);
}

export const PLANTED_RIGHTS: readonly PlantedFault[] = [
  {
    name: "the new base took setuid from a program, and the image has a copy with it",
    kind: "rights-hidden",
    path: SU,
    rebase: toRebase(
      { [SU]: { body: "a", mode: 0o4755 } },
      { [SU]: { body: "b", mode: 0o755 } },
      {
        [SU]: { body: "a", mode: 0o4755, gid: 5 },
      },
    ),
  },
  {
    name: "the new base made a program setuid, and the image's copy is not",
    kind: "rights-hidden",
    path: SU,
    rebase: toRebase(
      { [SU]: { body: "a", mode: 0o755 } },
      { [SU]: { body: "b", mode: 0o4755 } },
      {
        [SU]: { body: "a", mode: 0o750 },
      },
    ),
  },
  {
    name: "setgid goes to another group",
    kind: "rights-hidden",
    path: "usr/bin/wall",
    rebase: toRebase(
      { "usr/bin/wall": { body: "a", mode: 0o2755, gid: 5 } },
      { "usr/bin/wall": { body: "a", mode: 0o2755, gid: 7 } },
      { "usr/bin/wall": { body: "a", mode: 0o2755, gid: 5, uid: 3 } },
    ),
  },
  {
    name: "a capability takes the place of setuid in the new base",
    kind: "rights-hidden",
    path: PING,
    rebase: toRebase(
      { [PING]: { body: "a", mode: 0o4755 } },
      { [PING]: { body: "a", pax: NET_RAW } },
      {
        [PING]: { body: "a", mode: 0o4711 },
      },
    ),
  },
  {
    name: "the new base has another capability on a program",
    kind: "rights-hidden",
    path: PING,
    rebase: toRebase(
      { [PING]: { body: "a", pax: NET_RAW } },
      { [PING]: { body: "a", pax: NET_BIND } },
      {
        [PING]: { body: "own", pax: NET_RAW },
      },
    ),
  },
  {
    name: "the new base took a capability away",
    kind: "rights-hidden",
    path: PING,
    rebase: toRebase(
      { [PING]: { body: "a", pax: NET_RAW } },
      { [PING]: { body: "a" } },
      {
        [PING]: { body: "a", uid: 9, pax: NET_RAW },
      },
    ),
  },
  {
    name: "more layers than the overlay driver mounts",
    kind: "too-many-layers",
    path: "",
    rebase: { oldBase: { layers: many(1) }, newBase: { layers: many(100) }, image: { layers: many(28) } },
  },
].map((fault) => ({ check: "rights", ...fault }) as PlantedFault);

export const HARMLESS_RIGHTS: readonly HarmlessRebase[] = [
  {
    name: "a setuid program of the image's own",
    rebase: toRebase({}, { "etc/issue": "13" }, { [SU]: { body: "a", mode: 0o4755 } }),
  },
  {
    name: "a setuid program that the base did not change",
    rebase: toRebase(
      { [SU]: { body: "a", mode: 0o4755 } },
      { [SU]: { body: "a", mode: 0o4755 } },
      {
        [SU]: { body: "a", mode: 0o755 },
      },
    ),
  },
  {
    name: "a copy with the rights of the new base",
    rebase: toRebase(
      { [PING]: { body: "a", mode: 0o4755 } },
      { [PING]: { body: "b", pax: NET_RAW } },
      {
        [PING]: { body: "b", pax: NET_RAW },
      },
    ),
  },
  {
    name: "setuid programs that the image does not have",
    rebase: toRebase({ [SU]: { body: "a", mode: 0o4755 } }, { [SU]: { body: "b", mode: 0o755 } }, { "srv/app": "a" }),
  },
  {
    name: "as many layers as the overlay driver mounts",
    rebase: { oldBase: { layers: many(1) }, newBase: { layers: many(100) }, image: { layers: many(27) } },
  },
  {
    name: "a copy of another mode without rights",
    rebase: toRebase(
      { [SU]: { body: "a", mode: 0o755 } },
      { [SU]: { body: "b", mode: 0o755 } },
      {
        [SU]: { body: "b", mode: 0o700 },
      },
    ),
  },
  {
    name: "a program that only the old base had, with rights in the image",
    rebase: toRebase(
      { [PING]: { body: "a", pax: NET_RAW } },
      { "etc/issue": "13" },
      {
        [PING]: { body: "own", pax: NET_RAW },
      },
    ),
  },
];
