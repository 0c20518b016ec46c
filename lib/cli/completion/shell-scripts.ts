import type { Option } from "commander";
import { type CompletedCommand, flagsOf } from "./completed-commands.ts";

type Commands = readonly CompletedCommand[];

/** A completion script for each shell. The shell itself completes files if nothing else matches. */
export const SHELL_SCRIPTS = { bash: toBash, zsh: toZsh, fish: toFish } as const;

/** `COMP_WORDBREAKS` contains the colon: bash completes the path after a transport as a word of its own. */
function toBash(commands: Commands): string {
  return `# Completion of stratigraph in bash. In ~/.bashrc: eval "$(stratigraph completion bash)"
_stratigraph() {
  local current=\${COMP_WORDS[COMP_CWORD]} words=
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
${listChoices(commands, (pattern, choices) => `    ${pattern}) words="${choices}" ;;`)}
    *)
      if [ "$COMP_CWORD" = 1 ]; then
        words="${namesOf(commands)}"
      else
        case "\${COMP_WORDS[1]}" in
${commands.map((command) => `          ${command.name}) words="${wordsOf(command)}" ;;`).join("\n")}
        esac
      fi
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ \${COMPREPLY[0]} == *: ]]; then compopt -o nospace; fi
}
complete -o default -F _stratigraph stratigraph ./stratigraph
`;
}

function toZsh(commands: Commands): string {
  return `#compdef stratigraph
# Completion of stratigraph in zsh. In ~/.zshrc, after compinit: eval "$(stratigraph completion zsh)"
_stratigraph() {
  case "\${words[2]} \${words[CURRENT-1]}" in
${listChoices(commands, (pattern, choices) => `    (${pattern}) compadd -- ${choices}; return ;;`)}
  esac
  if (( CURRENT == 2 )); then
    compadd -- ${namesOf(commands)}
    return
  fi
  case "\${words[2]}" in
${commands.map((command) => `    (${command.name}) ${toZshWords(command)} ;;`).join("\n")}
  esac
  if compset -P '*:'; then _files; elif [[ $PREFIX != -* ]]; then _files; fi
}
compdef _stratigraph stratigraph ./stratigraph
`;
}

function toZshWords({ transports, ...command }: CompletedCommand): string {
  const others = `compadd -- ${wordsOf({ ...command, transports: [] })}`;
  return transports.length === 0 ? others : `${others}; compadd -S '' -- ${transports.join(" ")}`;
}

function toFish(commands: Commands): string {
  const lines = commands.flatMap((command) => [
    `complete -c stratigraph -n __fish_use_subcommand -f -a ${command.name} -d ${quote(command.description)}`,
    ...command.options.map((option) => toFishOption(command, option)),
    ...[...command.words, ...command.transports].map((word) => `${afterCommand(command)} -a ${word}`),
  ]);
  return `# Completion of stratigraph in fish. In ~/.config/fish/config.fish: stratigraph completion fish | source
${lines.join("\n")}
`;
}

function toFishOption(command: CompletedCommand, option: Option): string {
  const { argChoices = [], required, optional, description } = option;
  const names = flagsOf(option).map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = argChoices.length > 0 ? [`-x -a ${quote(argChoices.join(" "))}`] : required || optional ? ["-r"] : [];
  return [afterCommand(command), ...names, ...value, "-d", quote(description)].join(" ");
}

function afterCommand({ name }: CompletedCommand): string {
  return `complete -c stratigraph -n '__fish_seen_subcommand_from ${name}'`;
}

/** One line for each option that has choices, by a pattern of the command and the flag before the cursor. */
function listChoices(commands: Commands, toLine: (pattern: string, choices: string) => string): string {
  const lines = commands.flatMap(({ name, options }) =>
    options.flatMap((option) => {
      const pattern = flagsOf(option).map((flag) => `"${name} ${flag}"`);
      return option.argChoices === undefined ? [] : [toLine(pattern.join("|"), option.argChoices.join(" "))];
    }),
  );
  return lines.join("\n");
}

function namesOf(commands: Commands): string {
  return commands.map(({ name }) => name).join(" ");
}

function wordsOf({ words, transports, options }: CompletedCommand): string {
  return [...words, ...transports, ...options.flatMap(flagsOf)].join(" ");
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
