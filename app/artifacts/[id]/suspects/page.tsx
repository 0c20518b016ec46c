import { redirect } from "next/navigation";

/** Suspects are a part of the page of what can be removed. */
export default async function SuspectsPage({ params }: { readonly params: Promise<{ id: string }> }) {
  redirect(`/artifacts/${(await params).id}/remove#suspects`);
}
