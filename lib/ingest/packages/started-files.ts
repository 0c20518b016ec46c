/** A file that a command starts or hands to an interpreter. */
export interface StartedFile {
  readonly path: string;
  /** Looked up on the PATH if it has no slash; otherwise, and for a script, in the working directory. */
  readonly onPath: boolean;
}

const SHELLS = new Set(["sh", "bash", "dash", "ash", "zsh", "ksh", "busybox"]);
/** Programs that start the words after their options, with the number of words before the command (`gosu USER COMMAND`). */
const LAUNCHERS: ReadonlyMap<string, number> = new Map([
  ["env", 0],
  ["tini", 0],
  ["tini-static", 0],
  ["dumb-init", 0],
  ["catatonit", 0],
  ["exec", 0],
  ["gosu", 1],
  ["su-exec", 1],
  ["timeout", 1],
]);
/** Options of a launcher with a value in the next word. */
const VALUED = new Set(["-u", "-C", "-p", "-r", "-s", "-k"]);
const INTERPRETER =
  /^(?:node|nodejs|deno|bun|python[\d.]*|pypy[\d.]*|ruby[\d.]*|perl|php[\d.]*|java|dotnet|lua[\d.]*)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Words of a shell that mean themselves. */
const PLAIN_WORDS = /^[\w@%+=:,./ -]+/;
/** Commands inside commands: `tini -- gosu app sh -c "exec node server.js"` has four. */
const MAX_NESTED = 8;

/**
 * The files that an image's command starts, outermost first, as far as that is plain: through `sh -c`, `env` and the small launchers
 * that images use, to the program, and to the script that an interpreter is given. What a shell would expand is not followed.
 */
export function listStartedFiles(command: readonly string[]): StartedFile[] {
  const started: StartedFile[] = [];
  let words = command;
  for (let nested = 0; nested < MAX_NESTED && words[0]; nested++) {
    const [program, ...rest] = words as [string, ...string[]];
    started.push({ path: program, onPath: !program.includes("/") });
    const name = program.slice(program.lastIndexOf("/") + 1);
    if (INTERPRETER.test(name)) {
      const script = findScript(name, rest);
      if (script !== undefined) started.push({ path: script, onPath: false });
      return started;
    }
    words = followedWords(name, rest);
  }
  return started;
}

/** The command that a shell or a launcher starts; [] if it starts none, or none that is plain. */
function followedWords(name: string, rest: readonly string[]): readonly string[] {
  if (SHELLS.has(name)) return shellWords(rest);
  const skipped = LAUNCHERS.get(name);
  return skipped === undefined ? [] : withoutAssignments(withoutOptions(rest).slice(skipped));
}

/** The words of the first command of `-c SCRIPT`, up to the first that the shell would expand; [] for a script file. */
function shellWords(rest: readonly string[]): readonly string[] {
  const option = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  if (option < 0 || rest.slice(0, option).some((word) => !word.startsWith("-"))) return [];
  const script = (rest[option + 1] ?? "").trimStart();
  const plain = PLAIN_WORDS.exec(script)?.[0] ?? "";
  const words = plain.split(/ +/);
  // The last word is cut where the shell's own syntax begins, unless a space or the end is before it.
  const whole =
    plain.length === script.length || /[ ;&|\n]/.test(script.charAt(plain.length)) ? words : words.slice(0, -1);
  const command = withoutAssignments(whole.filter((word) => word !== ""));
  return command[0] === "exec" ? withoutOptions(command.slice(1)) : command;
}

function withoutOptions(words: readonly string[]): readonly string[] {
  let at = 0;
  while (words[at]?.startsWith("-")) {
    if (words[at] === "--") return words.slice(at + 1);
    at += VALUED.has(words[at]!) ? 2 : 1;
  }
  return words.slice(at);
}

function withoutAssignments(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !ASSIGNMENT.test(word));
  return first < 0 ? [] : words.slice(first);
}

/** The script that an interpreter is given; of Java, the archive. */
function findScript(name: string, rest: readonly string[]): string | undefined {
  if (name === "java") {
    const option = rest.indexOf("-jar");
    return option < 0 ? undefined : rest[option + 1];
  }
  if (rest.some((word) => word === "-m" || word === "-c" || word === "-e")) return undefined;
  const script = rest.find((word) => !word.startsWith("-"));
  return script === "run" || script === "exec" ? rest[rest.indexOf(script) + 1] : script;
}
