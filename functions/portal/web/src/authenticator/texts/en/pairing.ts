// English: bringing an account to this phone, from the first screen to notifications.
const list = new Intl.ListFormat("en-GB", { type: "disjunction" });

export const pairing = {
  pair: {
    title: "Make this phone your second key",
    lead: "When you sign in, the page shows a number and you type it here. That is confirmed with a key that never leaves this phone.",
    addTitle: "Add an account",
    addLead:
      "Open Security info on another device, choose “Add a method”, then “Authenticator”. A code appears there.",
    where:
      "To begin, open Security info on another device, choose “Add a method”, then “Authenticator”. A code appears there.",
    scan: "Scan the code",
    type: "Type the code instead",
    named: (name: string) => `This phone will be listed as “${name}”.`,
    rename: "Change the name",
    working: "Pairing this phone…",
    workingText: "A key is being made for it. This takes a few seconds.",
    failed: "Pairing did not work",
    again: "Try again",
    otherCode: "Use another code",
  },
  scan: {
    title: "Scan the code",
    hint: "Hold the phone over the square code on your Security info page, or on the site that asks for codes.",
    starting: "Starting the camera…",
    view: "Camera view",
    notOurs:
      "That is neither a pairing code nor a setup code. Look for the square code under “Add a method”.",
    otherService: (host: string) =>
      `That code belongs to another service, ${host}. Open the authenticator of that service to pair with it.`,
  },
  camera: {
    denied: {
      title: "The camera may not be used",
      text: "Allow the camera for this site in your browser’s settings, or type the code by hand: it works just as well.",
    },
    missing: { title: "No camera was found", text: "Type the code by hand: it works just as well." },
    busy: {
      title: "The camera is in use",
      text: "Another app has it. Close that one and try again, or type the code by hand.",
    },
    retry: "Try the camera again",
  },
  type: {
    title: "Type the code",
    label: "Pairing code",
    hint: "10 letters and digits, shown below the square code. Capitals, spaces and dashes don’t matter.",
    strange: (characters: string[]) =>
      `Pairing codes never contain ${list.format(characters)}: compare with your Security info page.`,
    submit: "Pair this phone",
    count: (typed: number, all: number) => `${typed} of ${all} characters`,
  },
  confirm: {
    title: "Pair this phone?",
    text: "You opened a link with this code. Go on only if your own Security info page shows the same one right now.",
    code: "Code",
    yes: "Yes, pair this phone",
    no: "No, don’t pair",
  },
  apple: {
    title: "Add this app to the home screen first",
    text: "On iPhone and iPad, press Share, then “Add to Home Screen”, and pair inside the app that appears there. Paired in the browser, it gets no notifications, and the browser may forget its key after a week.",
    code: "Note the code above: you need it there.",
    here: "Pair in this browser anyway",
  },
  install: {
    title: "Install the app",
    text: "Then it opens like any other app, and the browser keeps its keys more reliably.",
    do: "Install",
    notOffered: "Your browser’s menu may offer “Install” or “Add to Home screen”.",
    open: "Running as an installed app",
  },
  paired: {
    title: "Paired. One test is left",
    text: (organization: string, user: string) =>
      `This phone now belongs to ${user} at ${organization}. Your other screen shows a number: the question for it appears here by itself.`,
    waiting: "Waiting for the test…",
    late: "Nothing yet? On your other screen, press “Show a new number”, and keep this app open.",
    replaced: (before: string, now: string) =>
      `This phone was already paired with this account on ${before}. That entry was replaced today, ${now}; remove nothing, only one is left.`,
    later: "Finish later",
  },
  push: {
    title: "Be told at once",
    text: "With notifications, this phone tells you when a sign-in waits. They never show a number, a name or a place. Without them it works too: open this app, and it asks.",
    on: "Turn on notifications",
    skip: "Not now",
    working: "Turning on…",
    failed:
      "Notifications could not be turned on. Open this app when you sign in: it always finds the request.",
    state: {
      on: "On",
      off: "Off",
      denied: "Blocked in the browser’s settings",
      needs_install: "Only in the app on the home screen",
      unsupported: "Not possible in this browser",
    },
    label: "Notifications",
    offTitle: "Notifications are off",
    offText: "Open this app when you sign in: the request is waiting here.",
    deniedText:
      "They were refused for this site. Allow them in the browser’s settings for this site, then come back.",
    noKey: "This service sends none.",
    renew: "Renew",
    renewed: "Renewed",
    test: "Renewing tells the service this phone’s current address, should notifications have stopped coming.",
  },
};
