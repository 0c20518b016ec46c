-- AlterTable
ALTER TABLE "image" ADD COLUMN "settings" JSONB;
