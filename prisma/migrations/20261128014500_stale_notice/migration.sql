-- CreateTable
CREATE TABLE "stale_notice" (
    "image" BYTEA NOT NULL,
    "base" BYTEA NOT NULL,
    "newer" BYTEA NOT NULL,
    "noted_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stale_notice_pkey" PRIMARY KEY ("image","base","newer")
);
