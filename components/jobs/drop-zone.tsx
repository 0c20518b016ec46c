"use client";

import { type ChangeEvent, type DragEvent, type ReactNode, useRef, useState } from "react";
import { upload } from "./uploads.ts";

/** A place to drop archives on, with a button that chooses them. */
export function DropZone({ children, onDrop }: { children?: ReactNode; onDrop?: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const send = (files: Iterable<File>) => {
    upload(files);
    onDrop?.();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    // The dialog around it takes files too.
    event.stopPropagation();
    setOver(false);
    if (event.dataTransfer.files.length > 0) send(event.dataTransfer.files);
  };
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    if (currentTarget.files !== null && currentTarget.files.length > 0) send([...currentTarget.files]);
    // The same file may be chosen again.
    currentTarget.value = "";
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same.
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`writes flex min-h-40 flex-col items-center justify-center gap-3 rounded-lg border border-dashed px-5 py-6 text-center ${isOver ? "border-accent bg-wash" : "border-line-strong bg-raised"}`}
    >
      {children}
      <div className="text-[0.8125rem]">
        <p className="font-medium">Drop an archive here</p>
        <p className="mt-1 text-dim">docker save, podman save, or an OCI layout as a tar, compressed or not</p>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        onChange={choose}
        aria-label="Archives"
        className="sr-only"
        tabIndex={-1}
      />
      <button type="button" onClick={() => input.current?.click()} className="button">
        Choose a file
      </button>
    </div>
  );
}
