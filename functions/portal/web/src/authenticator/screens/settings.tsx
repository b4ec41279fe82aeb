// What is true of this phone as a whole: its name, how safely the key is kept, the app itself, the service.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { install, offer } from "../install";
import { askToPersist, modelName } from "../pairing";
import { isInstalled } from "../push/support";
import { goBack } from "../route";
import { Shell } from "../shell";
import { configuration, persisted, service } from "../state";
import { setSetting } from "../store/settings";
import { texts } from "../texts";
import { ScreenLock } from "./lock";
import { Facts } from "./parts";

export function SettingsScreen() {
  return (
    <Shell title={texts.settings.title} onBack={goBack} focus>
      <PhoneName />
      <ScreenLock />
      <KeyStorage />
      <Installation />
      <About />
    </Shell>
  );
}

function PhoneName() {
  const name = useSignal("");
  const said = useSignal("");
  const t = texts.settings;
  useEffect(() => {
    void modelName().then((found) => {
      name.value = found;
    });
  }, [name]);
  const save = async (event: Event) => {
    event.preventDefault();
    await setSetting("model", name.value);
    name.value = await modelName();
    said.value = t.nameSaved;
  };
  return (
    <form class="panel form" onSubmit={(event) => void save(event)}>
      <Field
        label={t.name}
        hint={t.nameHint}
        value={name.value}
        onValue={(typed) => {
          name.value = typed;
          said.value = "";
        }}
        name="phone-name"
        maxLength={64}
        autoComplete="off"
      />
      <div class="panel-foot">
        <Button type="submit">{t.nameSave}</Button>
        <span role="status">{said.value}</span>
      </div>
    </form>
  );
}

function KeyStorage() {
  const t = texts.storage;
  const state = persisted.value === undefined ? t.unknown : persisted.value ? t.kept : t.notKept;
  return (
    <section class="panel" aria-label={t.label}>
      <h2>{t.label}</h2>
      <p role="status">{state}</p>
      <p class="soft small">{persisted.value === false ? t.warnText : texts.settings.keyText}</p>
      {persisted.value === false ? (
        <div class="panel-foot">
          <Button onClick={() => void askToPersist()}>{t.ask}</Button>
        </div>
      ) : null}
    </section>
  );
}

function Installation() {
  const t = texts.install;
  const installed = isInstalled();
  return (
    <section class="panel" aria-label={t.title}>
      <h2>{t.title}</h2>
      <p class="soft">{installed ? t.open : t.text}</p>
      {offer.value ? (
        <div class="panel-foot">
          <Button onClick={() => void install()}>{t.do}</Button>
        </div>
      ) : installed ? null : (
        <p class="soft small">{t.notOffered}</p>
      )}
    </section>
  );
}

function About() {
  const clock = useSignal(0);
  const t = texts.settings;
  useEffect(() => {
    void service().then((client) => {
      clock.value = Math.round(client.clock.correction / 1000);
    });
  }, [clock]);
  const help = configuration.value?.helpUrl;
  return (
    <section class="panel" aria-label={t.about}>
      <h2>{t.about}</h2>
      <Facts
        rows={[
          [t.organization, configuration.value?.organization],
          [t.service, location.host],
          [t.clock, clock.value === 0 ? t.clockRight : t.clockOff(clock.value)],
        ]}
      />
      <p class="panel-foot">
        <a href="/">{texts.openSecurity}</a>
        {help && /^https?:/.test(help) ? (
          <a href={help} rel="noreferrer">
            {t.help}
          </a>
        ) : null}
      </p>
    </section>
  );
}
