import type { HarmlessRebase, PlantedFault, PlantedSides } from "./planted-fault.ts";
import { type PlantedLayer, toRebase } from "./planted-layers.ts";

function passwd(...users: readonly (readonly [name: string, uid: number, gid?: number])[]): string {
  return [
    "root:x:0:0:root:/root:/bin/sh",
    ...users.map(([name, uid, gid = uid]) => `${name}:x:${uid}:${gid}::/:/bin/false`),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function group(...groups: readonly (readonly [name: string, gid: number, members?: string])[]): string {
  return ["root:x:0:", ...groups.map(([name, gid, members = ""]) => `${name}:x:${gid}:${members}`)]
    .map((line) => `${line}\n`)
    .join("");
}

const PASSWD = "etc/passwd";
const GROUP = "etc/group";
const WWW = ["www-data", 33] as const;
const BASE: PlantedLayer = { [PASSWD]: passwd(WWW), [GROUP]: group(WWW), "etc/shadow": "root:*:1::::::\n" };
const owned = (uid: number, gid = 0) => ({ body: "data", uid, gid });

function fault(name: string, kind: PlantedFault["expected"]["kind"], path: string, sides: PlantedSides): PlantedFault {
  return { check: "users", name, sides, expected: { kind, path } };
}

/** Accounts that a rebase would hide, lose or mix up. */
export const USER_FAULTS: readonly PlantedFault[] = [
  fault(
    "The accounts of the old base hide one that the new base added",
    "accounts-masked",
    PASSWD,
    toRebase(BASE, { ...BASE, [PASSWD]: passwd(WWW, ["sshd", 102]) }, { [PASSWD]: passwd(WWW, ["nginx", 101]) }),
  ),
  fault(
    "The groups of the old base hide a new member",
    "accounts-masked",
    GROUP,
    toRebase(BASE, { ...BASE, [GROUP]: group(["www-data", 33, "backup"]) }, { [GROUP]: group(WWW, ["nginx", 101]) }),
  ),
  fault(
    "The passwords of the old base hide those of the new one",
    "accounts-masked",
    "etc/shadow",
    toRebase(
      BASE,
      { ...BASE, "etc/shadow": "root:*:1::::::\nsshd:!:2::::::\n" },
      { "etc/shadow": "root:*:1::::::\nnginx:!:2::::::\n" },
    ),
  ),
  fault(
    "A user of the image has the number that the new base gives to another one",
    "id-collision",
    "var/lib/nginx",
    toRebase(
      BASE,
      { ...BASE, [PASSWD]: passwd(WWW, ["messagebus", 101]) },
      { [PASSWD]: passwd(WWW, ["nginx", 101]), "var/lib/nginx": owned(101) },
    ),
  ),
  fault(
    "Two new users have one number, and no files yet",
    "id-collision",
    PASSWD,
    toRebase(BASE, { ...BASE, [PASSWD]: passwd(WWW, ["ubuntu", 1000]) }, { [PASSWD]: passwd(WWW, ["app", 1000]) }),
  ),
  fault(
    "A group of the image has the number that the new base gives to another one",
    "id-collision",
    "srv/shared",
    toRebase(
      BASE,
      { ...BASE, [GROUP]: group(WWW, ["render", 106]) },
      { [GROUP]: group(WWW, ["team", 106]), "srv/shared": owned(0, 106) },
    ),
  ),
  fault(
    "A user of the base moved to another number",
    "id-collision",
    "srv/data",
    toRebase(BASE, { ...BASE, [PASSWD]: passwd(["www-data", 48]) }, { "srv/data": owned(33) }),
  ),
  fault(
    "A group of the base moved to another number",
    "id-collision",
    "srv/data",
    toRebase(BASE, { ...BASE, [GROUP]: group(["www-data", 48]) }, { "srv/data": owned(0, 33) }),
  ),
  fault(
    "Both sides added a user with another number",
    "id-collision",
    PASSWD,
    toRebase(BASE, { ...BASE, [PASSWD]: passwd(WWW, ["app", 999]) }, { [PASSWD]: passwd(WWW, ["app", 1000]) }),
  ),
  fault(
    "The owner of files is not in the new base",
    "account-missing",
    "srv/data",
    toRebase(BASE, { ...BASE, [PASSWD]: passwd(), [GROUP]: group() }, { "srv/data": owned(33, 33) }),
  ),
  fault(
    "The group of files is not in the new base",
    "account-missing",
    "srv/data",
    toRebase(BASE, { ...BASE, [GROUP]: group() }, { "srv/data": owned(0, 33) }),
  ),
  fault(
    "The configuration's user is not in the new base",
    "account-missing",
    PASSWD,
    toRebase(BASE, { ...BASE, [PASSWD]: passwd() }, { "srv/app": "" }, { User: "www-data" }),
  ),
  fault(
    "The configuration's user has no file of accounts in the new base",
    "user-unresolved",
    PASSWD,
    toRebase(BASE, { "etc/os-release": "ID=distroless\n" }, { "srv/app": "" }, { User: "www-data" }),
  ),
  fault(
    "The configuration's group has no file of groups in the new base",
    "user-unresolved",
    GROUP,
    toRebase(BASE, { [PASSWD]: passwd(WWW) }, { "srv/app": "" }, { User: "33:www-data" }),
  ),
  fault(
    "Two ranges of subordinate numbers overlap",
    "id-collision",
    "etc/subuid",
    toRebase(
      { ...BASE, "etc/subuid": "" },
      { ...BASE, "etc/subuid": "ubuntu:100000:65536\n" },
      { "etc/subuid": "app:100000:65536\n" },
    ),
  ),
];

/** Rebases after which every file still belongs to whom it belonged. */
export const HARMLESS_USERS: readonly HarmlessRebase[] = [
  {
    name: "A user added to a base whose accounts stay as they are",
    sides: toRebase(
      BASE,
      { ...BASE, "etc/motd": "new" },
      { [PASSWD]: passwd(WWW, ["app", 1000]), "srv/app": owned(1000) },
    ),
  },
  {
    name: "A user added on both sides, with other names and numbers",
    sides: toRebase(
      BASE,
      { ...BASE, [PASSWD]: passwd(WWW, ["sshd", 102]), [GROUP]: group(WWW, ["sshd", 102]) },
      { [PASSWD]: passwd(WWW, ["app", 1000]), [GROUP]: group(WWW, ["app", 1000]), "srv/app": owned(1000, 1000) },
    ),
  },
  {
    name: "The same user added on both sides",
    sides: toRebase(
      BASE,
      { ...BASE, [PASSWD]: passwd(WWW, ["app", 1000], ["sshd", 102]) },
      { [PASSWD]: passwd(WWW, ["app", 1000]), "srv/app": owned(1000) },
    ),
  },
  {
    name: "Files and a configuration with a number that no account has",
    sides: toRebase(
      BASE,
      { ...BASE, [PASSWD]: passwd(WWW, ["sshd", 102]) },
      { "srv/app": owned(1000) },
      { User: "1000:1000" },
    ),
  },
  {
    name: "An account that the new base dropped or moved, and no file belongs to",
    sides: toRebase(BASE, { ...BASE, [PASSWD]: passwd(["www-data", 48]), [GROUP]: group() }, { "srv/app": "" }),
  },
  {
    name: "A password set in the image, and another shell in the new base",
    sides: toRebase(
      BASE,
      { ...BASE, [PASSWD]: passwd(WWW).replace("/bin/sh", "/bin/bash") },
      { "etc/shadow": "root:$6$x:2::::::\n", [PASSWD]: passwd(WWW) },
    ),
  },
  {
    name: "Backups of the accounts on both sides",
    sides: toRebase(
      { ...BASE, "etc/passwd-": "1" },
      { ...BASE, "etc/passwd-": "2", [PASSWD]: passwd(WWW, ["sshd", 102]) },
      { "etc/passwd-": passwd(WWW), [PASSWD]: passwd(WWW, ["app", 1000]) },
    ),
  },
  {
    name: "An owner whom the new base has no more: the account is kept",
    sides: toRebase(
      BASE,
      { ...BASE, [PASSWD]: passwd(), [GROUP]: group() },
      { "srv/data": owned(33, 33) },
      { User: "www-data" },
    ),
  },
];
