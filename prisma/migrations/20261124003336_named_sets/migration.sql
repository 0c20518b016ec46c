-- CreateTable
CREATE TABLE "named_set" (
    "name" TEXT NOT NULL,
    "digests" BYTEA[],
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "named_set_pkey" PRIMARY KEY ("name")
);
