-- Which files the linker would load for which; an image that was scanned before has none until it is scanned again.
ALTER TABLE "image" ADD COLUMN "loads" BYTEA;
