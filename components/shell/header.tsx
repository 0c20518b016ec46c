import Link from "next/link";
import { JobsLink } from "#components/jobs/jobs-link.tsx";
import { ScanDialog } from "#components/jobs/scan-dialog.tsx";
import { SearchButton } from "#components/search/search-button.tsx";
import type { Rights } from "#lib/model/rights.ts";
import { Logo } from "./logo.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

/** The bar on every page: navigation, search, jobs, docs, theme. Visitors who may only open reports get no links to other pages. */
export function Header({ rights }: { rights: Rights }) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-ground">
      <div className="mx-auto flex h-13 max-w-[84rem] items-center gap-1 px-2.5 sm:gap-3 sm:px-6">
        <Link
          href="/"
          prefetch={rights === "report" ? false : null}
          className="flex items-center gap-2.5 font-medium tracking-tight"
        >
          <Logo />
          <span className="sr-only sm:not-sr-only">Stratigraph</span>
        </Link>
        {rights === "report" ? null : <Navigation />}
        <div className="ml-auto flex items-center sm:gap-1">
          {rights === "report" ? null : <Tools canWrite={rights === "write"} />}
          {rights === "write" ? null : <SignInLink />}
          <ThemeToggle />
        </div>
      </div>
      {rights === "write" ? <ScanDialog /> : null}
    </header>
  );
}

function Navigation() {
  return (
    <nav aria-label="Main" className="flex items-center sm:ml-4">
      <HeaderLink href="/compare">Compare</HeaderLink>
      <HeaderLink href="/savings">Savings</HeaderLink>
      <HeaderLink href="/lineage">Lineage</HeaderLink>
      <HeaderLink href="/reports">Reports</HeaderLink>
    </nav>
  );
}

function Tools({ canWrite }: { canWrite: boolean }) {
  return (
    <>
      <SearchButton canWrite={canWrite} />
      <JobsLink />
      <HeaderLink href="/docs">Docs</HeaderLink>
    </>
  );
}

/** Not a `Link`: our server answers it, not Next.js. */
function SignInLink() {
  return (
    <a
      href="/sign-in"
      data-tip="With the server’s token you can see everything, scan and delete"
      className="grid h-8 place-items-center rounded-md px-1.5 text-[0.8125rem] text-dim hover:bg-shade hover:text-ink sm:px-2.5"
    >
      Sign in
    </a>
  );
}

function HeaderLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="grid h-8 place-items-center rounded-md px-0.5 text-xs text-dim hover:bg-shade hover:text-ink sm:px-2.5 sm:text-[0.8125rem]"
    >
      {children}
    </Link>
  );
}
