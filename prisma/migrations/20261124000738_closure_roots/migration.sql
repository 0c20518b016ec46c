-- AlterTable
ALTER TABLE "closure" ADD COLUMN     "roots" INTEGER[];
