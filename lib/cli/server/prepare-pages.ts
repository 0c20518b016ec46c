/** Prepares the pages. Next prints timings to standard output, which belongs to the result of the command: maybe one JSON document. */
export async function preparePages(pages: { prepare(): Promise<void> }): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await pages.prepare();
  } finally {
    console.log = log;
  }
}
