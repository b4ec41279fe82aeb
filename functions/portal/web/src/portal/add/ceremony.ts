// One enrollment ceremony: begins or picks it up after a reload, follows it, and forgets it at its end.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../kit/api";
import type { Enrollment } from "../../kit/api-types";
import { usePoll } from "../../kit/poll";
import type { Problem, Result } from "../../kit/problem";

type Kind = Enrollment["kind"];
const KEY = "countersign.enrollment";
const POLL_MS = 2000;

function remember(kind: Kind, id: string | undefined): void {
  try {
    if (id) sessionStorage.setItem(`${KEY}.${kind}`, id);
    else sessionStorage.removeItem(`${KEY}.${kind}`);
  } catch {
    // Without storage a reload begins anew.
  }
}

function remembered(kind: Kind): string | undefined {
  try {
    return sessionStorage.getItem(`${KEY}.${kind}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The server no longer knows the ceremony, or says that it is over. */
const OVER = new Set(["enrollment.expired", "pairing.expired", "request.not_found"]);

/** Only the test prompt is over: the phone stays paired, and a new number can be shown. */
export function testEnded(enrollment: Enrollment): boolean {
  return enrollment.state === "ended" && !OVER.has(enrollment.ended?.code ?? "enrollment.expired");
}

function isOver(enrollment: Enrollment): boolean {
  return enrollment.state === "complete" || (enrollment.state === "ended" && !testEnded(enrollment));
}

const at = (id: string, step = "") => `/me/enrollments/${encodeURIComponent(id)}${step}`;

export interface Ceremony {
  enrollment: Signal<Enrollment | undefined>;
  problem: Signal<Problem | undefined>;
  /** Shown when following it fails for longer. */
  lost: Problem | undefined;
  begin: () => Promise<void>;
  confirm: (code: string) => Promise<Problem | undefined>;
  newNumber: () => Promise<void>;
  /** Asks at once, when time is up. */
  look: () => void;
}

export function useCeremony(kind: Kind): Ceremony {
  const enrollment = useSignal<Enrollment | undefined>(undefined);
  const problem = useSignal<Problem | undefined>(undefined);

  const end = ({ code, detail, fix }: Problem): void => {
    const now = enrollment.peek();
    remember(kind, undefined);
    if (now) enrollment.value = { ...now, state: "ended", prompts: [], ended: { code, detail, fix } };
  };

  const take = (answer: Result<Enrollment>): Problem | undefined => {
    if (!answer.ok && !OVER.has(answer.problem.code)) return answer.problem;
    if (!answer.ok) {
      end(answer.problem);
      return undefined;
    }
    enrollment.value = answer.value;
    problem.value = undefined;
    remember(kind, isOver(answer.value) ? undefined : answer.value.id);
    return undefined;
  };

  const begin = async () => {
    enrollment.value = undefined;
    problem.value = take(await call("POST", "/me/methods", { kind }, { resume: `/add-method?kind=${kind}` }));
  };

  // Not every value used is listed: a ceremony begins once, when its page is opened
  useEffect(() => {
    const id = remembered(kind);
    if (!id) {
      void begin();
      return;
    }
    void call<Enrollment>("GET", at(id)).then((answer) => {
      if (answer.ok && !isOver(answer.value)) take(answer);
      else void begin();
    });
  }, [kind]);

  const now = enrollment.value;
  const { problem: lost, now: look } = usePoll({
    active:
      now !== undefined &&
      (now.state === "testing" || (now.state === "waiting" && now.kind === "authenticator")),
    every: now?.poll_after_ms ?? POLL_MS,
    ask: async (signal) => {
      if (!now) return undefined;
      const answer = await call<Enrollment>("GET", at(now.id), undefined, { signal });
      return signal.aborted ? undefined : take(answer);
    },
  });

  return {
    enrollment,
    problem,
    lost,
    begin,
    look,
    confirm: async (code) => (now ? take(await call("POST", at(now.id, "/confirm"), { code })) : undefined),
    newNumber: async () => {
      if (now) problem.value = take(await call("POST", at(now.id, "/prompt")));
    },
  };
}

/** Leaves a ceremony that nobody will finish. */
export function abandon(kind: Kind): void {
  const id = remembered(kind);
  remember(kind, undefined);
  if (id) void call("DELETE", at(id));
}
