// The frame of the signed-in pages: navigation at the side, or at the bottom of a phone, and the account.
import { computed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { call, leave } from "../kit/api";
import type { Me } from "../kit/api-types";
import { Icon, type IconName } from "../kit/components/icon";
import { Logo } from "../kit/components/logo";
import { Menu } from "../kit/components/menu";
import { Link, path } from "../kit/router";
import { common } from "../kit/texts/common";
import { portal } from "../kit/texts/portal";
import { Announcer } from "./announcer";

const t = portal.nav;

interface Place {
  href: string;
  icon: IconName;
  label: string;
  short: string;
}

const PLACES: Place[] = [
  { href: "/", icon: "shield", label: t.security, short: t.shortSecurity },
  { href: "/activity", icon: "activity", label: t.activity, short: t.shortActivity },
  { href: "/sessions", icon: "sessions", label: t.sessions, short: t.sessions },
];
const ADMINISTRATION: Place[] = [
  { href: "/people", icon: "people", label: t.people, short: t.people },
  { href: "/hardware-tokens", icon: "token", label: t.tokens, short: t.shortTokens },
  { href: "/policy", icon: "rules", label: t.policy, short: t.shortPolicy },
];

/** The navigation entry that the page belongs to. */
const at = computed(() => {
  if (path.value.startsWith("/people")) return "/people";
  return path.value === "/add-method" ? "/" : path.value;
});

async function signOut(): Promise<void> {
  await call("POST", "/sign-out");
  await leave("/sign-in");
}

function AccountMenu({ me }: { me: Me }) {
  const { display_name: name, user_name: userName, role } = me.account;
  const help = me.organization.help_url;
  const items = [
    ...(help?.startsWith("https://")
      ? [{ label: t.help, icon: "help" as const, onSelect: () => void location.assign(help) }]
      : []),
    { label: t.signOut, icon: "leave" as const, onSelect: () => void signOut() },
  ];
  const head = (
    <div class="menu-head">
      <strong>{name}</strong>
      <span class="soft small">{userName}</span>
      {role === "administrator" ? <span class="soft small">{t.administrator}</span> : null}
    </div>
  );
  const trigger = (
    <>
      <span class="initial" aria-hidden="true">
        {[...name][0]?.toLocaleUpperCase() ?? "?"}
      </span>
      <span class="account-name">
        <span>{name}</span>
        <span class="soft">{userName}</span>
        <span class="visually-hidden">{t.account}</span>
      </span>
    </>
  );
  return <Menu class="account-button" trigger={trigger} items={items} head={head} />;
}

export function Shell({ me, children }: { me: Me; children: ComponentChildren }) {
  const places = me.account.role === "administrator" ? [...PLACES, ...ADMINISTRATION] : PLACES;
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {common.skip}
      </a>
      <div class="shell-side">
        <header class="shell-head">
          <Link href="/" class="logo-link" aria-label={`${me.organization.name}, ${t.security}`}>
            <Logo name={me.organization.name} />
          </Link>
          <AccountMenu me={me} />
        </header>
        <nav class="shell-nav" aria-label={t.label}>
          <ul>
            {places.map((place) => (
              <li key={place.href}>
                <Link href={place.href} aria-current={at.value === place.href ? "page" : undefined}>
                  <Icon name={place.icon} size={22} />
                  <span class="nav-long">{place.label}</span>
                  <span class="nav-short">{place.short}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <main class="shell-main" id="content" tabIndex={-1}>
        {children}
      </main>
      <Announcer />
    </div>
  );
}

/** Without navigation: while it is not known who is here, and for the last step before entering. */
export function PlainShell({ children }: { children: ComponentChildren }) {
  return (
    <div class="shell-plain">
      <header class="shell-plain-head">
        <Logo />
      </header>
      <main class="shell-main" id="content">
        {children}
      </main>
      <Announcer />
    </div>
  );
}
