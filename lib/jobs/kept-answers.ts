import { LRUCache } from "lru-cache";
import { InputError, QuotaError, UnreachableError, UsageError } from "#lib/model/problem.ts";

interface KeptAnswersOptions<Answer extends object> {
  readonly state: KeptState<Answer>;
  /** Said if too many others are computed. */
  readonly busy: string;
  /** Begins the line that says why there is no answer. */
  readonly cannot: string;
}

/** What is known and what is being computed: plain data, which the bundles of a server may share. */
export interface KeptState<Answer extends object> {
  readonly answers: LRUCache<string, Answer>;
  readonly running: Map<string, Promise<Answer>>;
}

/** `max`: answers that are kept. */
export function newKeptState<Answer extends object>(max: number): KeptState<Answer> {
  return { answers: new LRUCache({ max }), running: new Map() };
}

/** Answers of one kind that are computed at the same time: each has a process of its own. */
const MAX_COMPUTED = 2;
/** Milliseconds after which computing one is given up. */
const MAX_COMPUTE_MS = 300_000;

/**
 * Answers that take a process and seconds, by what they are about. Each is computed once, whoever asks while it is. Each bundle needs an
 * object of its own, since it has its own copy of each error's class: one of another bundle would recognise none of its errors.
 */
export class KeptAnswers<Answer extends object> {
  readonly #answers: LRUCache<string, Answer>;
  readonly #running: Map<string, Promise<Answer>>;
  readonly #options: KeptAnswersOptions<Answer>;

  constructor(options: KeptAnswersOptions<Answer>) {
    this.#options = options;
    this.#answers = options.state.answers;
    this.#running = options.state.running;
  }

  get(key: string): Answer | undefined {
    return this.#answers.get(key);
  }

  /** The answer that is kept, or else computed now. Throws a UsageError with one line if there is none. */
  async load(key: string, compute: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    return this.#answers.get(key) ?? this.#running.get(key) ?? this.#compute(key, compute);
  }

  #compute(key: string, compute: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    if (this.#running.size >= MAX_COMPUTED) throw new QuotaError(this.#options.busy);
    // Not the request's signal: who leaves the page and comes back finds the answer.
    const computed = compute(AbortSignal.timeout(MAX_COMPUTE_MS))
      .then((answer) => {
        this.#answers.set(key, answer);
        return answer;
      })
      .catch((error: unknown) => {
        throw this.#toReason(error);
      })
      .finally(() => this.#running.delete(key));
    this.#running.set(key, computed);
    return computed;
  }

  #toReason(error: unknown): unknown {
    const { cannot } = this.#options;
    if (error instanceof DOMException) return new UsageError(`${cannot}: reading the layers takes too long.`);
    if (error instanceof InputError || error instanceof UnreachableError)
      return new UsageError(`${cannot}: ${error.message}`);
    return error;
  }
}
