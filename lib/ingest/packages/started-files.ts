/** A file that a command starts or hands to an interpreter. */
export interface StartedFile {
  readonly path: string;
  /** Looked up on the PATH if it has no slash; otherwise, and for a script, in the working directory. */
  readonly onPath: boolean;
  /** One of several that Java looks in: `lib/*` is all archives there, and one that is not there is passed over. */
  readonly isClassPath?: boolean;
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
  // Those of the official images end with `exec "$@"`, whatever they prepare.
  ["docker-entrypoint.sh", 0],
  ["docker-php-entrypoint", 0],
]);
/** Options of a launcher with a value in the next word. */
const VALUED = new Set(["-u", "-C", "-p", "-r", "-s", "-k"]);
const INTERPRETER =
  /^(?:node|nodejs|deno|bun|python[\d.]*|pypy[\d.]*|ruby[\d.]*|perl|php[\d.]*|java|dotnet|lua[\d.]*)$/;
const CLASS_PATH = /^(?:-cp|-classpath|--class-path)$|^--class-path=(.*)$/;
/** Entries of a class path. */
const MAX_CLASS_PATH = 1000;
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
      return [...started, ...(name === "java" ? listOfJava(rest) : listScripts(rest))];
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

/** The archive that Java is given, or those of its class path. */
function listOfJava(rest: readonly string[]): StartedFile[] {
  const archive = rest[rest.indexOf("-jar") + 1];
  if (rest.includes("-jar")) return archive === undefined ? [] : [{ path: archive, onPath: false }];
  const option = rest.findIndex((word) => CLASS_PATH.test(word));
  const value = CLASS_PATH.exec(rest[option] ?? "")?.[1] ?? rest[option + 1] ?? "";
  const paths = option < 0 ? [] : value.split(":").filter((path) => path !== "");
  return paths.slice(0, MAX_CLASS_PATH).map((path) => ({ path, onPath: false, isClassPath: true }));
}

/** The script that an interpreter is given. */
function listScripts(rest: readonly string[]): StartedFile[] {
  if (rest.some((word) => word === "-m" || word === "-c" || word === "-e")) return [];
  const script = rest.find((word) => !word.startsWith("-"));
  const path = script === "run" || script === "exec" ? rest[rest.indexOf(script) + 1] : script;
  return path === undefined ? [] : [{ path, onPath: false }];
}
