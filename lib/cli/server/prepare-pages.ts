/**
 * Makes the pages ready. Next tells standard output how long its settings took; that is where a command's result stands, which
 * may be one JSON document.
 */
export async function preparePages(pages: { prepare(): Promise<void> }): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await pages.prepare();
  } finally {
    console.log = log;
  }
}
