import { isObject } from "#lib/formats/json/index.ts";
import type { MovedConfig, MovedTree } from "./sides.ts";

/** A path that a configuration names, and what uses it. */
export interface NamedPath {
  /** `Cmd`, `Entrypoint`, `Healthcheck`, `WorkingDir`, `Shell`, `Volume`, or `Env NAME`. */
  readonly setting: string;
  /** As written: absolute, relative to the working directory, or a command that PATH finds. */
  readonly word: string;
  readonly use: "command" | "argument" | "directory" | "variable";
}

/** container engines' PATH for an image that sets none (moby `DefaultPathEnv`). */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const SHELL = /^(?:.*\/)?(?:ba|da|a|z|k)?sh$/;
/** Words of a shell before a command. */
const BEFORE_COMMAND = /^(?:exec|command|time|if|then|else|elif|do|while|until|!|\{|[A-Za-z_]\w*=.*)$/;
/** Commands that are the shell's own. */
const OF_SHELL =
  /^(?:set|cd|export|unset|eval|test|\[+|true|false|exit|fi|for|done|case|esac|trap|wait|umask|ulimit|source|\.|:|echo|read|shift|return|local|type|\})$/;

/** Every path and command that the settings name. */
export function listNamedPaths({ json }: MovedConfig): NamedPath[] {
  const config = isObject(json.config) ? json.config : {};
  const words = (name: string) => toTexts(config[name]);
  const [entrypoint, command, shell] = [words("Entrypoint"), words("Cmd"), words("Shell")];
  return [
    ...listWords("Entrypoint", entrypoint),
    ...(entrypoint.length > 0 ? listArguments("Cmd", command) : listWords("Cmd", command)),
    ...listHealthcheck(config.Healthcheck, shell),
    ...toTexts([config.WorkingDir]).map((word) => toPath("WorkingDir", word, "directory")),
    ...(isObject(config.Volumes) ? Object.keys(config.Volumes) : []).map((word) => toPath("Volume", word, "directory")),
    ...words("Env").flatMap(listVariable),
  ].filter(({ word }) => word !== "");
}

function toPath(setting: string, word: string, use: NamedPath["use"]): NamedPath {
  return { setting, word, use };
}

function listWords(setting: string, [program, ...rest]: readonly string[]): NamedPath[] {
  if (program === undefined) return [];
  const script = SHELL.test(program) ? rest[rest.findIndex((word) => /^-\w*c$/.test(word)) + 1] : undefined;
  const isScript = script !== undefined && rest.some((word) => /^-\w*c$/.test(word));
  const inner = isScript ? listScript(setting, script) : listArguments(setting, rest);
  return [toPath(setting, program, "command"), ...inner];
}

function listArguments(setting: string, words: readonly string[]): NamedPath[] {
  return words.filter((word) => word.startsWith("/")).map((word) => toPath(setting, word, "argument"));
}

/** The commands of a line of shell, as far as they are plain words, and the absolute paths in it. */
function listScript(setting: string, script: string): NamedPath[] {
  return script.split(/&&|\|\||[;|\n&()]/).flatMap((part) => {
    const words = part.split(/[\s"'`<>]+/).filter((word) => word !== "");
    const at = words.findIndex((word) => !BEFORE_COMMAND.test(word));
    const [program = "", ...rest] = at < 0 ? [] : words.slice(at);
    const isProgram = /^[\w./][\w./+-]*$/.test(program) && !OF_SHELL.test(program);
    const plain = rest.filter((word) => /^[\w./@+-]+$/.test(word));
    return [...(isProgram ? [toPath(setting, program, "command")] : []), ...listArguments(setting, plain)];
  });
}

/** image-spec `config.md` has no such member; Docker and Podman do: `["CMD", …]`, `["CMD-SHELL", TEXT]`, `["NONE"]`. */
function listHealthcheck(healthcheck: unknown, shell: readonly string[]): NamedPath[] {
  const [form, ...words] = isObject(healthcheck) ? toTexts(healthcheck.Test) : [];
  if (form === "CMD") return listWords("Healthcheck", words);
  if (form !== "CMD-SHELL") return [];
  const program = shell.length > 0 ? shell : ["/bin/sh", "-c"];
  return listWords("Healthcheck", [...program, words[0] ?? ""]);
}

function listVariable(line: string): NamedPath[] {
  const [name = ""] = line.split("=", 1);
  const values = line.slice(name.length + 1).split(/[:\s,;]+/);
  const paths = values.flatMap((value) => /(?:^|=)(\/[^/\s=][^\s=]*)$/.exec(value)?.[1] ?? []);
  return paths.map((word) => toPath(`Env ${name}`, word, "variable"));
}

function toTexts(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
}

/** What a word of these settings leads to in a tree, without a leading slash; `undefined` if nothing is there. */
export function findNamed(tree: MovedTree, { word, use }: NamedPath, { parsed }: MovedConfig): string | undefined {
  if (word.startsWith("/")) return tree.resolve(word)?.path;
  const start =
    use === "command" && !word.includes("/") ? parsed.searchPath || DEFAULT_PATH : parsed.settings.workingDir;
  const folders = word.includes("/") ? [parsed.settings.workingDir] : start.split(":");
  return folders.map((folder) => tree.resolve(`${folder}/${word}`)?.path).find((path) => path !== undefined);
}
