import { createCipheriv, createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { type Ending, type Running, run, start } from "./command.ts";

/** Takes a quarter of a second to compress. */
const NOISE_BYTES = 8_000_000;
/** A command and where it writes; `before`: a layout that is there. */
interface Move {
  readonly args: (output: string) => readonly string[];
  readonly output: (folder: string) => string;
  readonly before: string | undefined;
}

/** What a move leaves, file by file, and how long it takes. */
interface Undisturbed {
  readonly files: ReadonlyMap<string, string>;
  readonly milliseconds: number;
}

/** Moves of real images to a new layout, a new archive and a layout with another image, and what they leave when nothing happens. */
export class Moves {
  readonly root = mkdtempSync(join(tmpdir(), "stratigraph-moves-"));
  readonly #list: { readonly move: Move; readonly whole: Undisturbed }[] = [];

  static async open(): Promise<Moves> {
    const moves = new Moves();
    const layout = join(moves.root, "layout");
    const base = buildTar([{ path: "etc/motd", body: "old" }]);
    const from = moves.#write("from", [base]);
    const to = moves.#write("to", [buildTar([{ path: "etc/motd", body: "new" }])]);
    const noise = (key: number) => ({ path: `noise/${key}`, body: toNoise(key) });
    const image = moves.#write("image", [base, buildTar([noise(1)]), buildTar([noise(2)])]);
    await moves.run(["relayer", from, "--max-layers", "1", "-o", `oci:${layout}`]);
    const commands: readonly Move["args"][] = [
      (output) => ["rebase", image, "--from", from, "--to", to, "-o", output],
      (output) => ["relayer", image, to, "--max-layers", "4", "-o", output],
    ];
    for (const args of commands) {
      await moves.#add({ args, output: (folder) => `oci:${folder}/out`, before: undefined });
      await moves.#add({ args, output: (folder) => `oci-archive:${folder}/out.tar`, before: undefined });
      await moves.#add({ args, output: (folder) => `oci:${folder}/layout`, before: layout });
    }
    return moves;
  }

  pick(random: () => number) {
    return this.#list[Math.floor(random() * this.#list.length)]!;
  }

  /** A new folder with what is there before. */
  prepare(folder: string, { before }: Move): void {
    mkdirSync(folder, { recursive: true });
    if (before !== undefined) cpSync(before, join(folder, "layout"), { recursive: true });
  }

  start(args: readonly string[]): Running {
    return start(this.root, args);
  }

  run(args: readonly string[]): Promise<Ending> {
    return run(this.root, args);
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #write(name: string, layers: readonly Uint8Array[]): string {
    const path = join(this.root, `${name}.tar`);
    writeFileSync(path, buildDockerArchive(layers, { name: `${name}:1` }));
    return `docker-archive:${path}`;
  }

  async #add(move: Move): Promise<void> {
    const folder = join(this.root, `whole-${this.#list.length}`);
    this.prepare(folder, move);
    const { status, stderr, milliseconds } = await this.run(move.args(move.output(folder)));
    if (status !== 0) throw new Error(`a move without any fault ends with ${status}: ${stderr}`);
    this.#list.push({ move, whole: { files: listFiles(folder), milliseconds } });
  }
}

function toNoise(key: number): Uint8Array {
  return createCipheriv("aes-128-ctr", Buffer.alloc(16, key), Buffer.alloc(16)).update(Buffer.alloc(NOISE_BYTES));
}

/** Path → digest. */
export function listFiles(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const digest = entry.isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "folder";
      return [path.slice(folder.length + 1), digest];
    }),
  );
}
