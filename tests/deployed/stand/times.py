"""Cold and warm times of each function, to be read, not asserted: the machine is a developer's, and the emulator is slower than the cloud."""

import http.client
import ssl
import statistics
import time

# A request that each function answers without a session.
REQUESTS = {
    "enrollment": "/api/v1/me/methods",
    "verification": "/api/v1/me",
    "activity": "/api/v1/me/activity",
    "revocation": "/api/v1/me/sessions",
    "relay": "/device/v1/configuration",
    "administration": "/api/v1/people",
    "portal": "/sign-in",
}
WARM = 20


def cold_and_warm(origin, authority):
    context = ssl.create_default_context(cafile=authority)
    connection = http.client.HTTPSConnection(origin.removeprefix("https://"), context=context, timeout=30)
    print(f"  {'function':<16}{'cold':>10}{'warm (median)':>16}   of a warm call, the emulator takes nearly all")
    for function, path in REQUESTS.items():
        cold, *warm = (once(connection, path) for _ in range(1 + WARM))
        print(f"  {function:<16}{cold:>7.0f} ms{statistics.median(warm):>13.1f} ms", flush=True)


def once(connection, path):
    started = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    if answer.status not in (200, 401):
        raise SystemExit(f"GET {path} answered {answer.status}")
    return (time.perf_counter() - started) * 1000
