import { register } from "node:module";
import { dirname, join } from "node:path";
import {
  asFindingAwareFuzzFn,
  initFuzzing,
  OptionSource,
  OptionsManager,
  registerGlobals,
  startFuzzingNoInit,
} from "@jazzer.js/core";
import { registerEsmLoaderHooks } from "@jazzer.js/instrumentor";

const ROOT = dirname(dirname(import.meta.dirname));
/**
 * An input that takes this long never ends: the engine stops the process, and keeps the input. By the clock, and machines
 * are busy: processor time has a limit of its own (watch-executions.ts).
 */
const HANG_MS = 30_000;

type Options = ReturnType<OptionsManager["clone"]>;

/** The counters of one instrumented module, one byte an edge; the engine zeroes them before each execution. */
export type EdgeCounters = Uint8Array;

/** libFuzzer within this process (`@jazzer.js/core`), before anything of the product is loaded. */
export class Engine {
  readonly #options: Options;
  readonly #beginExecution: () => void;

  private constructor(options: Options, beginExecution: () => void) {
    this.#options = options;
    this.#beginExecution = beginExecution;
  }

  /**
   * From here on every module of `lib` that is imported counts its edges and tells what it compares with what; with
   * `instrumented` false none does. `flags` are libFuzzer's (llvm.org/docs/LibFuzzer.html#options).
   */
  static async start(options: { flags: readonly string[]; sync: boolean; instrumented: boolean }): Promise<Engine> {
    const { flags, sync, instrumented } = options;
    const includes = [join(ROOT, "lib/"), join(import.meta.dirname, "planted.ts")];
    const manager = new OptionsManager(OptionSource.DefaultCLIOptions).merge(
      {
        includes,
        excludes: ["node_modules", "testing", "lib/db/generated"],
        dryRun: !instrumented,
        sync,
        timeout: HANG_MS,
        // They look for commands and paths that an input can reach; parsers run no command and open no file.
        disableBugDetectors: [".*"],
        fuzzerOptions: [...flags],
      },
      OptionSource.CommandLineArguments,
    );
    registerGlobals(manager);
    // The last hook registered runs first, and hands on to the one before it.
    register("./strip-types.ts", import.meta.url);
    registerEsmLoaderHooks(await initFuzzing(manager));
    return new Engine(manager, traceOnce());
  }

  /** Runs until `-runs` are done; resolves with what was thrown, if anything was. A hang ends the process instead. */
  async fuzz(check: (input: Buffer) => void | Promise<void>): Promise<Error | undefined> {
    const run = (input: Buffer) => {
      this.#beginExecution();
      return check(input);
    };
    const { error } = await startFuzzingNoInit(asFindingAwareFuzzFn(run), this.#options);
    if (error === undefined || error instanceof Error) return error;
    return new Error(`something that is no Error was thrown: ${String(error)}`);
  }

  /** The counters of all modules loaded so far. */
  counters(): readonly EdgeCounters[] {
    return engineGlobal().coverageTracker.moduleCounters;
  }
}

type NumberTracer = (left: unknown, right: unknown, operator: string, id: number) => boolean;

/** What instrumented code calls. */
function engineGlobal(): {
  readonly coverageTracker: { readonly moduleCounters: readonly EdgeCounters[] };
  readonly tracer: { traceNumberCmp: NumberTracer };
} {
  return (globalThis as unknown as { Fuzzer: ReturnType<typeof engineGlobal> }).Fuzzer;
}

/** Comparisons that are told apart; two that share a place are told less often, and nothing else. */
const TRACED_PLACES = 4096;

/**
 * The engine tries what a number was compared with, and needs to be told once: telling it of every turn of every loop takes
 * ten times as long as the parser. Returns what begins a new execution.
 */
function traceOnce(): () => void {
  const { tracer } = engineGlobal();
  const trace = tracer.traceNumberCmp;
  const told = new Uint32Array(TRACED_PLACES);
  let execution = 1;
  tracer.traceNumberCmp = (left, right, operator, id) => {
    const place = id % TRACED_PLACES;
    if (told[place] === execution) return compare(left as number, right as number, operator);
    told[place] = execution;
    return trace(left, right, operator, id);
  };
  return () => {
    execution += 1;
  };
}

function compare(left: number, right: number, operator: string): boolean {
  switch (operator) {
    case "===":
      return left === right;
    case "!==":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      throw new Error(`a comparison by ${operator}, which no code of ours has`);
  }
}
