import { expect, it } from "vitest";
import { type EventSink, latestEvents } from "./event-stream.ts";

function openEvents() {
  let sink: EventSink | undefined;
  const state = { ended: 0 };
  const stream = latestEvents((given) => {
    sink = given;
    return () => {
      state.ended += 1;
    };
  });
  const reader = stream!.getReader();
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  return { sink: sink!, state, reader, read };
}

it("gives a slow reader the event that it began to read, and then only the latest", async () => {
  const { sink, read, reader } = openEvents();
  for (const data of ["1", "2", "3"]) sink.send(data);
  expect(await read()).toBe("data: 1\n\n");
  expect(await read()).toBe("data: 3\n\n");
  sink.send("4");
  expect(await read()).toBe("data: 4\n\n");
  await reader.cancel();
});

it("ends the events with the stream, and ignores later ones", async () => {
  const { sink, reader, state } = openEvents();
  await reader.cancel();
  expect(state.ended).toBe(1);
  expect(() => sink.send("late")).not.toThrow();
});

it("fails with the reason of the events", async () => {
  const { sink, read, state } = openEvents();
  sink.fail(new Error("no such column"));
  await expect(read()).rejects.toThrow("no such column");
  expect(state.ended).toBe(1);
});

it("is no stream if the events are refused", () => {
  expect(latestEvents(() => undefined)).toBeUndefined();
});
