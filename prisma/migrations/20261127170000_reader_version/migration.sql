-- Which reader read a layer, and found the packages of an image; an unread one has the first until it is read.
ALTER TABLE "layer" ADD COLUMN "reader_version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "image" ADD COLUMN "reader_version" INTEGER NOT NULL DEFAULT 1;
