import { UsageError } from "#lib/model/problem.ts";

/** The answer, or the reason why the question has none. */
export async function orReason<Answer>(answer: Promise<Answer>): Promise<Answer | UsageError> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}
