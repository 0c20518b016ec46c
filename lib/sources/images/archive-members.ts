import { posix } from "node:path";
import { normalisePath, type TarEntry } from "#lib/formats/tar/index.ts";
import { displayPath, EntryKind } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";

/** Maximum number of members of an image archive: layers, configs and manifests, never the files of an image. */
export const MAX_ARCHIVE_MEMBERS = 100_000;

/** Maximum number of links followed from member to member. */
const MAX_LINKS = 8;

/** A member of an image archive, its path normalised. */
export interface ArchiveMember {
  readonly path: string;
  readonly byteCount: number;
}

/** The members of an archive by path, and the paths that only link to others (`docker save` links equal layers). */
export class MemberTable<Member extends ArchiveMember> {
  readonly #members = new Map<string, Member>();
  readonly #links = new Map<string, string>();
  #count = 0;

  /** Records a link. Returns the path of any other member, `undefined` if it is neither a file nor a link. */
  pathOf(entry: TarEntry): string | undefined {
    this.#count += 1;
    if (this.#count > MAX_ARCHIVE_MEMBERS) {
      throw new InputError("limit-exceeded", "", `more than ${MAX_ARCHIVE_MEMBERS} members: not an image archive`);
    }
    const path = toText(entry.path);
    if (entry.kind === EntryKind.symlink)
      this.#links.set(path, posix.join(posix.dirname(path), displayPath(entry.link)));
    if (entry.kind === EntryKind.hardLink) this.#links.set(path, toText(entry.link));
    return entry.kind === EntryKind.file ? path : undefined;
  }

  add(member: Member): void {
    this.#members.set(member.path, member);
    this.#links.delete(member.path);
  }

  /** The member at a path, following links. */
  find(path: string): Member | undefined {
    let at = posix.normalize(path);
    for (let followed = 0; followed <= MAX_LINKS; followed++) {
      const member = this.#members.get(at);
      if (member !== undefined) return member;
      const next = this.#links.get(at);
      if (next === undefined) return undefined;
      at = next;
    }
    return undefined;
  }
}

function toText(path: Uint8Array): string {
  return displayPath(normalisePath(path).path);
}
