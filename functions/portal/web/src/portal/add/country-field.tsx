// Chooses one of the allowed countries, by name with its calling code; typing the first letters finds it.
import { useId } from "preact/hooks";
import type { AllowedCountry } from "../../kit/api-types";
import { locale } from "../../kit/texts/language";
import { sentCode as t } from "../../kit/texts/sent-code";

function named(countries: AllowedCountry[]): { code: string; label: string }[] {
  const names = new Intl.DisplayNames([locale()], { type: "region" });
  const collator = new Intl.Collator(locale());
  return countries
    .map(({ code, calling_code }) => ({ code, label: `${names.of(code) ?? code} (+${calling_code})` }))
    .sort((one, other) => collator.compare(one.label, other.label));
}

/** The person's own country, if it is allowed; the first by name otherwise. */
export function firstCountry(countries: AllowedCountry[]): string {
  const own = new Intl.Locale(locale()).maximize().region;
  return countries.find(({ code }) => code === own)?.code ?? named(countries)[0]?.code ?? "";
}

interface CountryFieldProps {
  countries: AllowedCountry[];
  value: string;
  onValue: (code: string) => void;
}

export function CountryField({ countries, value, onValue }: CountryFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t.country}</label>
      <div class="field-box">
        <select
          id={id}
          name="country"
          autoComplete="country"
          aria-describedby={`${id}-hint`}
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {named(countries).map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <p class="field-hint" id={`${id}-hint`}>
        {t.countryHint}
      </p>
    </div>
  );
}
